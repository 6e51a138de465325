package io.ocellus.cli.models;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.cli.text.TextTable;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus models list}. */
@Command(
    name = "list",
    description = "Lists versions with their metrics and where they come from.",
    footer = {"  ocellus models list", "  ocellus models list --model birds -b kafka:9092"})
final class ListModelsCommand implements Callable<Integer> {
  private static final int MOST_METRICS = 3;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--model", paramLabel = "NAME", description = "Of this model only.")
  private Optional<String> model = Optional.empty();

  @Override
  public Integer call() {
    CheckpointCatalog catalog = new CheckpointCatalog(kafka.impatientProperties(), kafka.topics());
    List<Manifest> manifests =
        catalog.all().stream()
            .filter(manifest -> model.map(manifest.model()::equals).orElse(true))
            .toList();
    spec.commandLine()
        .getOut()
        .println(
            manifests.isEmpty()
                ? "%s holds no checkpoint%s."
                    .formatted(
                        kafka.topics().checkpoints(), model.map(m -> " of model " + m).orElse(""))
                : table(manifests));
    return 0;
  }

  private static TextTable table(List<Manifest> manifests) {
    List<String> metrics = metrics(manifests);
    List<String> heading = new ArrayList<>(List.of("MODEL", "VERSION", "TRAINED", "NETWORK"));
    metrics.forEach(metric -> heading.add(metric.toUpperCase(Locale.ROOT)));
    heading.addAll(List.of("CLASSES", "IMAGES", "REASON", "PARENT", "SIZE"));
    TextTable table = new TextTable(heading);
    manifests.forEach(manifest -> table.row(row(manifest, metrics)));
    return table;
  }

  /** Those of all images, not of one class ({@code test-accuracy.owl}); the usual two first. */
  private static List<String> metrics(List<Manifest> manifests) {
    return manifests.stream()
        .flatMap(manifest -> manifest.metrics().keySet().stream())
        .distinct()
        .filter(metric -> !metric.contains("."))
        .sorted(
            Comparator.comparing((String metric) -> !metric.matches("test-(accuracy|loss)"))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_METRICS)
        .toList();
  }

  private static List<String> row(Manifest manifest, List<String> metrics) {
    Lineage lineage = manifest.lineage();
    return Stream.of(
            Stream.of(
                manifest.model(),
                Integer.toString(manifest.version()),
                manifest.created().truncatedTo(ChronoUnit.SECONDS).toString(),
                manifest.network().name()),
            metrics.stream().map(metric -> Figures.of(manifest.metrics().get(metric))),
            Stream.of(
                Integer.toString(manifest.classes().size()),
                "%d + %d".formatted(lineage.trainImages(), lineage.testImages()),
                String.valueOf(lineage.reason()),
                lineage.parentVersion() == 0 ? "-" : Integer.toString(lineage.parentVersion()),
                Figures.bytes(Figures.size(manifest))))
        .flatMap(cells -> cells)
        .toList();
  }
}

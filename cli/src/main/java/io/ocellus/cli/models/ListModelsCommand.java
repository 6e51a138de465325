package io.ocellus.cli.models;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointCatalog.Signed;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Signer;
import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.cli.text.TextTable;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus models list}. */
@Command(
    name = "list",
    description =
        "Lists versions with their accuracy, where they come from, who signed and who published them. Signatures are not verified here: ocellus models verify does that.",
    footer = {"  ocellus models list", "  ocellus models list --model birds -b kafka:9092"})
final class ListModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--model", paramLabel = "NAME", description = "Of this model only.")
  private Optional<String> model = Optional.empty();

  @Override
  public Integer call() {
    CheckpointCatalog catalog = new CheckpointCatalog(kafka.impatientProperties(), kafka.topics());
    List<Signed> versions =
        catalog.signed().stream()
            .filter(signed -> model.map(signed.manifest().model()::equals).orElse(true))
            .toList();
    spec.commandLine()
        .getOut()
        .println(
            versions.isEmpty()
                ? "%s holds no checkpoint%s."
                    .formatted(
                        kafka.topics().checkpoints(), model.map(m -> " of model " + m).orElse(""))
                : table(versions));
    return 0;
  }

  private static TextTable table(List<Signed> versions) {
    TextTable table =
        new TextTable(
            List.of(
                "MODEL",
                "VERSION",
                "TRAINED",
                "NETWORK",
                "ACCURACY",
                "MACRO F1",
                "CLASSES",
                "IMAGES",
                "REASON",
                "PARENT",
                "SIZE",
                "SIGNED BY",
                "PUBLISHED BY"));
    versions.forEach(version -> table.row(row(version.manifest(), version.signer())));
    return table;
  }

  private static List<String> row(Manifest manifest, Optional<Signer> signer) {
    Lineage lineage = manifest.lineage();
    return List.of(
        manifest.model(),
        Integer.toString(manifest.version()),
        manifest.created().truncatedTo(ChronoUnit.SECONDS).toString(),
        manifest.network().name(),
        Figures.of(manifest.metrics().get("test-accuracy")),
        Figures.of(manifest.metrics().get("test-macro-f1")),
        Integer.toString(manifest.classes().size()),
        "%d + %d".formatted(lineage.trainImages(), lineage.testImages()),
        String.valueOf(lineage.reason()),
        lineage.parentVersion() == 0 ? "-" : Integer.toString(lineage.parentVersion()),
        Figures.bytes(Figures.size(manifest)),
        signer.map(Signer::key).orElse("-"),
        manifest.publishedBy().isEmpty() ? "-" : manifest.publishedBy());
  }
}

package io.ocellus.cli.local;

import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.data.LabelledFile;
import io.ocellus.cli.data.Split;
import io.ocellus.image.BadImageException;
import io.ocellus.service.Json;
import io.ocellus.trainer.training.Predictions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus eval}. */
@Command(
    name = "eval",
    description =
        "Measures a checkpoint on a folder of labelled images, with the graph that serves.",
    footer = {
      "  ocellus eval photos/ --model birds/",
      "  ocellus eval photos/ --model birds@3 -b kafka:9092",
      "  ocellus eval scans/ --model scans-1/ --part val --group-regex '^(patient[0-9]+)_' --json"
    })
public final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalFiles files;
  @Mixin private ModelToRun model;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "Which of train, val and test; test if not said, val where there is none, all images"
              + " where there are no parts.")
  private Optional<Split> part = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ImageFolder data = files.read();
    data.remarks().forEach(spec.commandLine().getErr()::println);
    List<LabelledFile> chosen = chosen(data);
    PrintWriter out = spec.commandLine().getOut();
    try (LocalModel loaded = model.open()) {
      List<String> classes = loaded.manifest().classes();
      refuseUnknown(chosen, classes);
      Map<String, String> unreadable = new ConcurrentHashMap<>();
      List<LabelledFile> measured = new ArrayList<>();
      Predictions predictions = predictions(loaded, chosen, measured, unreadable);
      EvalReport report =
          EvalReport.of(loaded.engine(), classes, predictions, measured, new TreeMap<>(unreadable));
      out.println(
          json
              ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report)
              : EvalText.of(report));
    }
    return 0;
  }

  private List<LabelledFile> chosen(ImageFolder data) {
    boolean parted = data.files().stream().anyMatch(file -> file.split().isPresent());
    if (!parted) {
      return data.files();
    }
    Split wanted = part.orElse(data.part(Split.TEST).isEmpty() ? Split.VAL : Split.TEST);
    if (data.part(wanted).isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no images in its %s part; choose another with --part"
              .formatted(files.folder(), wanted));
    }
    return data.part(wanted);
  }

  private void refuseUnknown(List<LabelledFile> chosen, List<String> classes) {
    List<String> unknown =
        chosen.stream()
            .map(LabelledFile::label)
            .distinct()
            .filter(label -> !classes.contains(label))
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s does not know %s; it knows %s"
              .formatted(model, String.join(", ", unknown), String.join(", ", classes)));
    }
  }

  private static Predictions predictions(
      LocalModel model,
      List<LabelledFile> files,
      List<LabelledFile> measured,
      Map<String, String> unreadable) {
    List<float[]> rows =
        files.parallelStream().map(file -> logits(model, file, unreadable)).toList();
    List<String> classes = model.manifest().classes();
    float[] logits = new float[files.size() * classes.size()];
    int[] labels = new int[files.size()];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length > 0) {
        System.arraycopy(rows.get(i), 0, logits, measured.size() * classes.size(), classes.size());
        labels[measured.size()] = classes.indexOf(files.get(i).label());
        measured.add(files.get(i));
      }
    }
    if (measured.isEmpty()) {
      throw new IllegalArgumentException(
          "None of the %d images can be read".formatted(rows.size()));
    }
    return new Predictions(
        measured.stream().map(LabelledFile::id).toList(),
        Arrays.copyOf(labels, measured.size()),
        Arrays.copyOf(logits, measured.size() * classes.size()),
        classes.size());
  }

  private static float[] logits(
      LocalModel model, LabelledFile file, Map<String, String> unreadable) {
    try {
      return model.logits(Files.readAllBytes(file.path()));
    } catch (BadImageException | IOException e) {
      unreadable.put(file.id(), String.valueOf(e.getMessage()));
      return new float[0];
    }
  }
}

package io.ocellus.cli.local;

import io.ocellus.image.BadImageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus predict}. */
@Command(
    name = "predict",
    description = "Says what images show, with the graph and the probabilities that serve.",
    footer = {
      "  ocellus predict photo.jpg --model birds/",
      "  ocellus predict photo.jpg --model birds@3 -b kafka:9092",
      "  ocellus predict *.jpg --model birds/ --top-k 3 --format csv --annotate labelled/"
    },
    exitCodeList = {"0:done", "1:an image cannot be read, or failed", "2:not understood"})
public final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelToRun model;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Files of images.")
  private List<Path> images = new ArrayList<>();

  @Option(
      names = {"-k", "--top-k"},
      paramLabel = "K",
      defaultValue = "5",
      description = "How many labels of each image; at most 5 if not said.")
  private int most;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or json.")
  private PredictionFormat format;

  @Option(
      names = "--annotate",
      paramLabel = "FOLDER",
      description = "Write each image there as PNG, with its label and probability above it.")
  private Optional<Path> annotated = Optional.empty();

  @Override
  public Integer call() throws Exception {
    annotated.ifPresent(folder -> Annotation.check());
    List<Prediction> predictions = new ArrayList<>();
    int failed = 0;
    try (LocalModel loaded = model.open()) {
      for (int i = 0; i < images.size(); i++) {
        Path image = images.get(i);
        try {
          predictions.add(predict(loaded, image, i));
        } catch (BadImageException | IOException e) {
          failed++;
          spec.commandLine()
              .getErr()
              .printf("ocellus: %s cannot be read: %s%n", image, e.getMessage());
        }
      }
    }
    if (!predictions.isEmpty()) {
      spec.commandLine().getOut().println(format.of(predictions));
    }
    return failed == 0 ? 0 : 1;
  }

  private Prediction predict(LocalModel loaded, Path file, int number)
      throws BadImageException, IOException {
    byte[] encoded = Files.readAllBytes(file);
    List<Guess> guesses =
        Guess.best(
            loaded.manifest().classes(),
            loaded.logits(encoded),
            loaded.manifest().temperature(),
            most);
    if (annotated.isPresent()) {
      write(Annotation.of(loaded.picture(encoded), guesses.get(0)), annotated.get(), file, number);
    }
    return new Prediction(file.toString(), guesses);
  }

  /** Under the image's name; with its number before it where that is taken. */
  private static void write(BufferedImage image, Path folder, Path file, int number)
      throws IOException {
    Files.createDirectories(folder);
    String name = file.getFileName().toString().replaceFirst("\\.[^.]+$", "") + ".png";
    Path target = folder.resolve(name);
    ImageIO.write(
        image,
        "png",
        (Files.exists(target) ? folder.resolve((number + 1) + "-" + name) : target).toFile());
  }
}

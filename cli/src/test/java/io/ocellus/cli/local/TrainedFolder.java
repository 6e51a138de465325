package io.ocellus.cli.local;

import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * A folder of made-up images in parts, one of them broken, and of the model that is trained on
 * them.
 *
 * @param folder that both are in
 */
record TrainedFolder(Path folder) {
  static final SyntheticImages IMAGES = new SyntheticImages(32, 5);

  /** What one command came to. */
  record Ran(int code, String out, String err) {}

  static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Ocellus.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  String data() {
    return folder.resolve("data").toString();
  }

  String model() {
    return folder.resolve("model").toString();
  }

  /** Writes the images and trains on them. */
  Ran train() throws IOException {
    part("train", 0, 12);
    part("val", 100, 4);
    part("test", 200, 4);
    Files.write(
        folder.resolve("data/train/ring/broken.jpg"),
        IMAGES.broken(SyntheticImages.Broken.TRUNCATED));
    return run(
        "train",
        data(),
        "--out",
        model(),
        "--network",
        "se-densenet-light",
        "--size",
        "32",
        "--epochs",
        "2",
        "--device",
        "cpu",
        "--group-regex",
        "^(g[0-9]+)_");
  }

  private void part(String part, int first, int images) throws IOException {
    for (String label : IMAGES.classes()) {
      Path classFolder = Files.createDirectories(folder.resolve("data/" + part + "/" + label));
      for (int i = first; i < first + images; i++) {
        Files.write(classFolder.resolve("g%d_%d.jpg".formatted(i / 2, i)), IMAGES.jpeg(label, i));
      }
    }
  }
}

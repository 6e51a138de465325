package io.ocellus.cli.demo;

import io.ocellus.cli.data.GroupRegex;
import io.ocellus.cli.service.StopSignal;
import io.ocellus.cli.service.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the whole product on this machine: from a labelled image to a live classification. */
@Command(
    name = "demo",
    description = {
      "Shows the product at work on this machine: real Kafka, both services, four devices.",
      "Labelled images arrive, version 1 is trained and serves the stream, more labels arrive,"
          + " version 2 replaces it in mid-stream. Some images are broken on purpose. Takes two to"
          + " three minutes on two cores and leaves nothing behind but a log.",
      "Latency is measured from the send of an image until its committed result can be read; the"
          + " devices send at a pace that leaves the trainer its cores, so images a second is"
          + " their pace, not what the inferencer could bear."
    },
    footer = {
      "  ocellus demo",
      "  ocellus demo --images 400 --report report.json",
      "  ocellus demo --stay --port 9092",
      "  ocellus demo --data ~/pictures --group-regex '^([A-Z]+[0-9]+)_' --size 64 --epochs 8"
    },
    exitCodeList = {
      "0:everything sent came back and version 2 served",
      "1:something failed, was lost, or version 2 did not serve",
      "2:not understood"
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Images of yours instead of made-up ones: class folders, or train, val and test folders"
              + " of class folders. What is streamed is never trained on.")
  private Optional<Path> data = Optional.empty();

  @Mixin private GroupRegex groups;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Images that the devices send; ${DEFAULT-VALUE} by default.")
  private int images;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "se-densenet-light",
      description = "Network to train; ${DEFAULT-VALUE} by default.")
  private String network;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "32",
      description = "Width and height of its input; ${DEFAULT-VALUE} by default.")
  private int size;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Passes over the training images; ${DEFAULT-VALUE} by default.")
  private int epochs;

  @Option(
      names = "--trainer",
      paramLabel = "KEY=VALUE",
      description = "A setting of the trainer; may be repeated.")
  private Map<String, String> trainer = new LinkedHashMap<>();

  @Option(
      names = "--inferencer",
      paramLabel = "KEY=VALUE",
      description = "A setting of the inferencer; may be repeated.")
  private Map<String, String> inferencer = new LinkedHashMap<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the summary there as JSON.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker, for others to join; a free one by default.")
  private int port;

  @Option(
      names = "--stay",
      description = "Keep serving after the summary, until Ctrl-C, and say where.")
  private boolean stay;

  @Override
  public Integer call() throws IOException {
    Path log = Files.createTempFile(TemporaryFolder.beside(), "ocellus-demo-", ".log");
    System.setProperty("ocellus.log.to", "file");
    System.setProperty("ocellus.log.file", log.toString());
    Thread main = Thread.currentThread();
    try (StopSignal stop = StopSignal.listen(PATIENCE, main::interrupt);
        Screen screen = Screen.ofThisProcess()) {
      screen.say("The services' log is in " + log);
      try (Demo demo = new Demo(settings(), images(), screen)) {
        DemoReport result = demo.play();
        if (report.isPresent()) {
          result.write(report.get());
        }
        if (stay) {
          demo.stay();
          stop.await();
        }
        return result.addsUp() && demo.balanced() && result.served(2) ? 0 : 1;
      }
    } catch (InterruptedException e) {
      return 130;
    }
  }

  private DemoData images() {
    return data.<DemoData>map(folder -> new FolderData(folder, groups.pattern()))
        .orElseGet(() -> new SyntheticData(size, 150, 150, 7));
  }

  private DemoSettings settings() {
    Map<String, String> learning = new LinkedHashMap<>();
    learning.put("network.name", network);
    learning.put("network.size", String.valueOf(size));
    learning.put("network.normalization", "data");
    learning.put("training.epochs", String.valueOf(epochs));
    learning.put("training.batch-size", "16");
    learning.put("training.learning-rate", "0.003");
    learning.put("retrain.quiet", "2s");
    learning.put("retrain.after-labels", "1");
    learning.putAll(trainer);
    Map<String, String> serving = new LinkedHashMap<>(inferencer);
    return new DemoSettings(images, 40, new Pace(Duration.ofMillis(40)), port, learning, serving);
  }
}

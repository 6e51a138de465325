package io.ocellus.cli.data;

import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.TopicSettings;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus devices}: simulated imaging devices that feed the inferencer's topic. */
@Command(
    name = "devices",
    description = {
      "Simulates imaging devices: sends images to the inferencer's topic at a rate.",
      "",
      "The images are those of a folder, over and over, or made up: a cross, a ring, a square or a"
          + " triangle among clutter."
    },
    footer = {
      "  ocellus devices --devices 8 --rate 50",
      "  ocellus devices --data photos/ --images 1000 --rate 0"
    })
public final class DevicesCommand implements Callable<Integer> {
  private static final long STOP_SECONDS = 10;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private MadeUpImages madeUp;

  @Option(
      names = "--devices",
      defaultValue = "4",
      paramLabel = "N",
      description = "How many devices; ${DEFAULT-VALUE} unless said.")
  private int devices;

  @Option(
      names = "--rate",
      defaultValue = "10",
      paramLabel = "R",
      description =
          "Images a second, of all devices together; 0 for as fast as Kafka takes them;"
              + " ${DEFAULT-VALUE} unless said.")
  private double rate;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many to send; until Ctrl-C unless said.")
  private Optional<Long> images = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Send the images in this folder and below.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--broken",
      defaultValue = "0",
      paramLabel = "N",
      description = "Send something broken in the place of every N-th image; never unless said.")
  private int broken;

  @Override
  public Integer call() {
    SyntheticImages made = madeUp.images();
    Iterator<DeviceImage> source =
        data.map(DevicesCommand::folder)
            .orElseGet(() -> DeviceImages.synthetic(made, 0, madeUp.seed()));
    Iterator<DeviceImage> stream = DeviceImages.withBroken(source, made, broken);
    TopicSettings topics = kafka.topicSettings();
    String topic = topics.topics().images();
    Map<String, String> properties = kafka.properties();
    EnsuredTopic.of(properties, topics, topic);
    long sent =
        send(properties, images.map(count -> DeviceImages.limited(stream, count)).orElse(stream));
    spec.commandLine().getOut().printf("Sent %,d images to %s.%n", sent, topic);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private long send(Map<String, String> properties, Iterator<DeviceImage> stream) {
    CountDownLatch done = new CountDownLatch(1);
    try (ProgressBar bar = Bars.images("Sending", images.orElse(-1L));
        DeviceSimulator simulator =
            new DeviceSimulator(properties, kafka.topics(), devices, rate, image -> bar.step())) {
      Thread stop = new Thread(() -> stop(simulator, done), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      simulator.send(stream);
      return simulator.acknowledged();
    } finally {
      done.countDown();
    }
  }

  private static void stop(DeviceSimulator simulator, CountDownLatch done) {
    simulator.stop();
    try {
      if (!done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Kafka did not take all images in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Iterator<DeviceImage> folder(Path folder) {
    List<Path> files =
        new FolderWalk(folder)
            .files(folder).stream().filter(file -> ImageFiles.problem(file).isEmpty()).toList();
    if (files.isEmpty()) {
      throw new DataSetException("There are no images in %s".formatted(folder));
    }
    return DeviceImages.files(files);
  }
}

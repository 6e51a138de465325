package io.ocellus.benchmarks.start;

import io.ocellus.benchmarks.FreshModel;
import io.ocellus.benchmarks.Jvm;
import io.ocellus.benchmarks.Machine;
import io.ocellus.benchmarks.ScratchFolder;
import io.ocellus.benchmarks.Worker;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.service.Json;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long the inferencer takes from its process's start to ready, and a version to serving. */
@Command(
    name = "benchmarks/start",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    description = {
      "Starts the inferencer with a model in the topic, again and again, and publishes another"
          + " version to it.",
      "",
      "The table breaks both down: from the process's start to ready, and from a publication to"
          + " serving."
    },
    footer = {
      "%nExamples:",
      "  benchmarks/start",
      "  JAVA_OPTS=-Xmx1g benchmarks/start --network se-densenet-bc-100-12 --size 32 --jvm"
          + " -XX:TieredStopAtLevel=1"
    })
public final class StartCommand implements Callable<Integer> {
  private static final int KEEP = 2;

  @Option(names = "--network", defaultValue = "se-densenet-121", description = "Of the catalogue.")
  private String network;

  @Option(names = "--size", defaultValue = "224", description = "Width and height of its input.")
  private int size;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Starts that count; one before does not.")
  private int rounds;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "A flag of the inferencer's JVM; may be repeated.")
  private List<String> jvm = List.of();

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the inferencer.")
  private Map<String, String> settings = Map.of();

  @Option(names = "--json", description = "Writes every measurement there too.")
  private @Nullable Path json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StartCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Phases phases = new Phases();
    try (ScratchFolder scratch = new ScratchFolder();
        EmbeddedKafka kafka = EmbeddedKafka.start()) {
      FreshModel model =
          FreshModel.write(network, size, List.of("a", "b", "c", "d"), scratch.path());
      for (int round = 0; round <= rounds; round++) {
        System.err.printf("Start %d of %d%n", round, rounds);
        Path state = scratch.path().resolve("state-" + round);
        round(kafka, model, "start-" + round, state, round == 0 ? new Phases() : phases);
      }
    }
    System.out.printf("%s%n%s at %d px%n%n%s", Machine.inWords(), network, size, phases.table());
    if (json != null) {
      Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), phases.all());
    }
    return 0;
  }

  private void round(
      EmbeddedKafka kafka, FreshModel model, String prefix, Path state, Phases phases) {
    Map<String, String> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicSettings topics = new TopicSettings(prefix, 4, 1);
    try (TopicAdmin admin = new TopicAdmin(properties)) {
      admin.ensure(TopicSpec.of(topics));
    }
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(properties, topics.topics(), model.draft().model(), KEEP)) {
      publisher.publish(model.draft(), model.folder());
      long began = System.nanoTime();
      try (Worker inferencer = start(kafka, prefix, state)) {
        double main = at(inferencer, "main", began);
        double started = at(inferencer, "started", began);
        double serving = at(inferencer, "serving", began);
        double ready = at(inferencer, "ready", began);
        double swap = Double.parseDouble(inferencer.ask("", "swaps"));
        phases.add("the JVM starts", main);
        phases.add("configuration, port, topics", started - main);
        phases.add("the checkpoint is read and checked", serving - started - swap);
        phases.add("it is loaded and warmed up", swap);
        phases.add("the stream starts", ready - serving);
        phases.add("**process to ready**", ready);

        long publishing = System.nanoTime();
        publisher.publish(model.draft(), model.folder());
        double published = since(publishing);
        double next = at(inferencer, "serving", publishing);
        double nextSwap = Double.parseDouble(inferencer.ask("", "swaps")) - swap;
        phases.add("a version is written to the topic", published);
        phases.add("it is read and checked", next - published - nextSwap);
        phases.add("it is loaded and warmed up, and swapped in", nextSwap);
        phases.add("**publication to serving**", next - published);
      }
    }
  }

  private Worker start(EmbeddedKafka kafka, String prefix, Path state) {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", Jvm.classPath(), StartingInferencer.class.getName()));
    command.add("kafka.bootstrap.servers=" + kafka.bootstrapServers());
    command.add("topics.prefix=" + prefix);
    command.add("streams.application-id=" + prefix);
    command.add("state-dir=" + state);
    command.add("http.port=0");
    command.add("device=cpu");
    settings.forEach((key, value) -> command.add(key + "=" + value));
    return new Worker("the inferencer", command, Map.of(), Redirect.DISCARD);
  }

  /** Seconds from then to the mark, which is the next to come. */
  private static double at(Worker inferencer, String mark, long began) {
    String came = inferencer.answer("mark");
    if (!came.equals(mark)) {
      throw new IllegalStateException("'%s' came where '%s' was due".formatted(came, mark));
    }
    return since(began);
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}

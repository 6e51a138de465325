package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.FreshModel;
import io.ocellus.benchmarks.Jvm;
import io.ocellus.benchmarks.Worker;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import io.ocellus.benchmarks.serve.contender.ContenderProcess;
import io.ocellus.benchmarks.serve.contender.Task;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;

/** Where contests are held: a broker in this process, and a process for each contender. */
final class Arena {
  private final Plan plan;
  private final EmbeddedKafka kafka;
  private final Path folder;
  private final Path logs;
  private int cells;

  /**
   * @param folder for what need not stay
   * @param logs folder of the contenders' logs
   */
  Arena(Plan plan, EmbeddedKafka kafka, Path folder, Path logs) {
    this.plan = plan;
    this.kafka = kafka;
    this.folder = folder;
    this.logs = logs;
  }

  /** Measures one cell of the matrix. */
  Cell cell(Input input, int partitions, ProgressBar bar) {
    Path home = folder.resolve("cell-" + ++cells);
    List<String> classes = new SyntheticImages(input.size(), 1).classes();
    FreshModel model = FreshModel.write(input.network(), input.size(), classes, home);
    EncodedImages images =
        plan.data() == null ? EncodedImages.madeUp(input) : EncodedImages.in(plan.data());
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (ContenderKind kind : plan.contenders()) {
        bar.setExtraMessage(" starting " + name(kind));
        entrants.add(entrant(kind, task(kind, input, partitions, home, model), model, images));
      }
      Contest contest = new Contest(plan, entrants, bar);
      List<Turn> turns = contest.run();
      List<Figures> figures = entrants.stream().map(entrant -> figures(entrant, turns)).toList();
      return new Cell(
          input, partitions, images.what(), images.meanBytes(), contest.backlog(), figures, turns);
    } finally {
      entrants.forEach(Entrant::close);
    }
  }

  private Figures figures(Entrant entrant, List<Turn> turns) {
    return Figures.of(entrant.kind(), entrant.runtime(), entrant.peakBytes(), turns, plan);
  }

  private Task task(ContenderKind kind, Input input, int partitions, Path home, FreshModel model) {
    return new Task(
        kafka.bootstrapServers(),
        "bench-%d-%s".formatted(cells, name(kind)),
        partitions,
        home.resolve(name(kind)),
        model.folder(),
        model.onnx(),
        model.bfloat16(),
        model.draft().classes(),
        input.size(),
        plan.batch(),
        plan.threads(),
        plan.settings());
  }

  private Entrant entrant(ContenderKind kind, Task task, FreshModel model, EncodedImages images) {
    if (!kind.servesTopics()) {
      return new ForwardEntrant(kind, worker(kind, task, 1), plan.batch());
    }
    Map<String, String> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicSettings settings = new TopicSettings(task.prefix(), task.partitions(), 1);
    Topics topics = settings.topics();
    try (TopicAdmin admin = new TopicAdmin(properties)) {
      admin.ensure(TopicSpec.of(settings));
    }
    Releases releases =
        kind == ContenderKind.OCELLUS
            ? new Releases(
                model,
                new CheckpointPublisher(properties, topics, model.draft().model(), 1),
                plan.swapSeconds())
            : null;
    Feed feed =
        new Feed(kafka.bootstrapServers(), topics.images(), task.partitions(), plan.keys(), images);
    Arrivals arrivals = new Arrivals(kafka.bootstrapServers(), topics.classifications());
    List<Worker> workers =
        IntStream.rangeClosed(1, plan.instances())
            .mapToObj(instance -> worker(kind, task.instance(instance), instance))
            .toList();
    return new StreamEntrant(kind, workers, feed, arrivals, releases);
  }

  private Worker worker(ContenderKind kind, Task task, int instance) {
    List<String> command = new ArrayList<>(List.of(Jvm.java(), "-Xmx" + plan.heap()));
    if (plan.has(Arrival.SWAPS)) {
      // What memory grows by is native then.
      command.addAll(List.of("-Xms" + plan.heap(), "-XX:+AlwaysPreTouch"));
    }
    command.addAll(
        List.of(
            "-cp",
            Jvm.classPath(),
            ContenderProcess.class.getName(),
            kind.name(),
            task.argument()));
    Path log = logs.resolve("%d-%s-%d.log".formatted(cells, name(kind), instance));
    try {
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Worker(kind.title(), command, Map.of(), Redirect.to(log.toFile()));
  }

  private static String name(ContenderKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

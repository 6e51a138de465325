package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Machine;
import io.ocellus.benchmarks.ScratchFolder;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import io.ocellus.service.Json;
import io.ocellus.testbed.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serving by Ocellus and by its peers, in turn, from topic to topic of one broker. */
@Command(
    name = "benchmarks/serve",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    description = {
      "Classifies the same images with Ocellus and with what people write instead, in turn, on a"
          + " real broker.",
      "",
      "Contenders: pytorch, pytorch_bfloat16 and onnxruntime (the forward pass alone, on tensors in"
          + " memory; of these the one that the inferencer runs is the bare one that the others are"
          + " held against), ocellus, streams (Kafka Streams, a DJL Predictor per record), consumer (a"
          + " poll loop with batches), parallel (Confluent's parallel-consumer with batches). Each"
          + " is a process that waits while another has its turn.",
      "",
      "Arrivals: backlog (all at once; images a second), neighbour (the same beside a busy"
          + " process), lone (one image, a pause after the last result), steady (evenly, at a part"
          + " of what the contender can do) and swaps (the same, while Ocellus gets one version of"
          + " the model after another).",
      "",
      "Networks have fresh weights: speed does not depend on what they know. Times are from a"
          + " backlog's showing in the topic, or from an image's sending, to the result being"
          + " readable by a reader of committed results. Writes serve.md, serve.json and serve.html."
    },
    footer = {
      "%nExamples:",
      "  benchmarks/serve --quick",
      "  benchmarks/serve --input se-densenet-121:224:jpeg --arrivals backlog,lone --set"
          + " batch.max-wait=5ms",
      "  benchmarks/serve --input se-densenet-121:224:jpeg --contenders"
          + " onnxruntime,ocellus,streams --set precision=bfloat16",
      "  benchmarks/serve --input se-densenet-bc-100-12:32:png --partitions 1,2,4,8 --arrivals"
          + " backlog",
      "  benchmarks/serve --contenders ocellus --arrivals swaps --seconds 3600 --swap-seconds 60"
          + " --rounds 1 --input se-densenet-bc-100-12:32:png",
      "  benchmarks/serve --contenders ocellus --backlog 100000 --rounds 1 --input"
          + " se-densenet-light:32:png"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final List<String> QUICK = List.of("se-densenet-light:32:png");

  @Option(
      names = "--quick",
      description = "One short round with a small network, to see that everything works.")
  private boolean quick;

  @Option(
      names = "--input",
      split = ",",
      paramLabel = "NETWORK:SIZE:FORMAT",
      defaultValue = "se-densenet-121:224:jpeg,se-densenet-bc-100-12:32:png",
      description =
          "Networks, pixels of their input, and the format of made-up images (jpeg or png).")
  private List<String> inputs;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Classify up to 256 JPEGs and PNGs of this folder instead of made-up images.")
  private @Nullable Path data;

  @Option(
      names = "--contenders",
      split = ",",
      description = "Which take part: ${COMPLETION-CANDIDATES}.")
  private List<ContenderKind> contenders =
      List.copyOf(EnumSet.complementOf(EnumSet.of(ContenderKind.PYTORCH_BFLOAT16)));

  @Option(
      names = "--arrivals",
      split = ",",
      description = "How images come: ${COMPLETION-CANDIDATES}.")
  private List<Arrival> arrivals = List.of(Arrival.BACKLOG, Arrival.LONE, Arrival.STEADY);

  @Option(names = "--partitions", split = ",", defaultValue = "4", description = "Of the topics.")
  private List<Integer> partitions;

  @Option(names = "--rounds", defaultValue = "5", description = "Turns of each that count.")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "1", description = "Rounds before them that don't.")
  private int warmUp;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long a turn takes the bare forward pass; slower contenders take longer.")
  private double seconds;

  @Option(
      names = "--backlog",
      paramLabel = "IMAGES",
      defaultValue = "0",
      description = "Images of a backlog, instead of what takes that long.")
  private int backlog;

  @Option(names = "--lone", defaultValue = "20", description = "Images of a turn of lone ones.")
  private int lone;

  @Option(
      names = "--load",
      defaultValue = "0.7",
      description = "Of steady arrivals, as a part of the contender's own speed.")
  private double load;

  @Option(
      names = "--swap-seconds",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "From a version's publication to the next one's, of swaps.")
  private double swapSeconds;

  @Option(names = "--batch", defaultValue = "16", description = "Images in a batch, at most.")
  private int batch;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Forward passes at a time; 0 for one per processor.")
  private int threads;

  @Option(
      names = "--instances",
      defaultValue = "1",
      description = "Processes of each contender that serves topics; they share the partitions.")
  private int instances;

  @Option(names = "--keys", defaultValue = "64", description = "Devices that the images come from.")
  private int keys;

  @Option(names = "--heap", defaultValue = "1g", description = "Java heap of each contender.")
  private String heap;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the inferencer; docs/configuration.md lists them.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "serve-benchmark",
      description = "Where the results go, and the contenders' logs.")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ServeCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = plan();
    List<Input> matrix = (quick ? QUICK : inputs).stream().map(Input::of).toList();
    Files.createDirectories(out);
    List<Cell> cells = new ArrayList<>();
    try (ScratchFolder scratch = new ScratchFolder();
        EmbeddedKafka kafka = EmbeddedKafka.start();
        ProgressBar bar = bar(plan.turns() * matrix.size() * partitions.size())) {
      Arena arena = new Arena(plan, kafka, scratch.path(), out.resolve("logs"));
      for (Input input : matrix) {
        for (int count : partitions) {
          cells.add(arena.cell(input, count, bar));
          write(new Report(Machine.inWords(), plan, cells));
        }
      }
    }
    System.out.println(new Report(Machine.inWords(), plan, cells).markdown());
    System.out.printf("Written to %s: serve.md, serve.json, serve.html%n", out);
    return 0;
  }

  private Plan plan() {
    EnumSet<ContenderKind> kinds = EnumSet.of(Plan.bare(settings));
    kinds.addAll(contenders);
    EnumSet<Arrival> ways = EnumSet.copyOf(arrivals);
    if (ways.stream().anyMatch(way -> way != Arrival.LONE)) {
      ways.add(Arrival.BACKLOG);
    }
    return new Plan(
        List.copyOf(ways),
        List.copyOf(kinds),
        quick ? 1 : rounds,
        warmUp,
        quick ? 3 : seconds,
        backlog,
        lone,
        load,
        swapSeconds,
        batch,
        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
        instances,
        keys,
        heap,
        settings,
        data);
  }

  private void write(Report report) throws IOException {
    Files.writeString(out.resolve("serve.md"), report.markdown());
    Json.MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValue(out.resolve("serve.json").toFile(), report);
    ReportPage.of(report).write(out.resolve("serve.html"));
  }

  private static ProgressBar bar(int turns) {
    return new ProgressBarBuilder()
        .setTaskName("Turns")
        .setInitialMax(turns)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(500)
        .build();
  }
}

package io.ocellus.benchmarks.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ocellus.trainer.training.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training steps of the trainer and of plain PyTorch in turn, in a process each. */
@Command(
    name = "benchmarks/train",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains with Ocellus and with PyTorch, a step each in turn, and compares.")
public final class TrainingComparison implements Runnable {
  private static final Map<String, String> GLIBC_DEFAULTS = Map.of();

  /** As the {@code ocellus} script sets malloc. */
  private static final Map<String, String> KEPT =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "4294967296");

  @Option(names = "--network", defaultValue = "se-densenet-bc-100-12")
  private String network;

  @Option(names = "--size", defaultValue = "32", description = "Width and height of the images.")
  private int size;

  @Option(names = "--batch", defaultValue = "64", description = "Images in a step.")
  private int batch;

  @Option(names = "--rounds", defaultValue = "10", description = "Steps of each that count.")
  private int rounds;

  @Option(
      names = "--turn",
      defaultValue = "1",
      description = "Consecutive steps of each peer per round.")
  private int turn;

  @Option(names = "--warm-up", defaultValue = "3", description = "Steps of each that don't.")
  private int warmUp;

  @Option(
      names = "--neighbour",
      description =
          "Also measures steps while another process keeps one core busy; prints the ratio to the steps without it.")
  private boolean neighbour;

  @Option(
      names = "--python",
      description = "A Python that has PyTorch; without it, Ocellus is compared with itself.")
  private String python;

  @Option(names = "--json", description = "Writes the results there too.")
  private Path json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingComparison()).execute(arguments));
  }

  @Override
  public void run() {
    List<Peer> peers = peers();
    try {
      List<List<Step>> alone = measure(peers);
      List<List<Step>> beside = neighbour ? BusyCore.beside(() -> measure(peers)) : alone;
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < peers.size(); i++) {
        results.add(Result.of(peers.get(i), batch, alone.get(i), alone.get(0), beside.get(i)));
      }
      print(results);
    } finally {
      peers.forEach(Peer::close);
    }
  }

  /** Steps of each peer, in turn. */
  private List<List<Step>> measure(List<Peer> peers) {
    List<List<Step>> steps = peers.stream().<List<Step>>map(peer -> new ArrayList<>()).toList();
    for (int round = 0; round < warmUp + rounds; round++) {
      for (int i = 0; i < peers.size(); i++) {
        for (int step = 0; step < turn; step++) {
          Step taken = peers.get(i).step();
          if (round >= warmUp) {
            steps.get(i).add(taken);
          }
        }
      }
    }
    return steps;
  }

  private List<Peer> peers() {
    List<Peer> peers = new ArrayList<>();
    if (python != null) {
      peers.add(pytorch("PyTorch", KEPT));
      peers.add(pytorch("PyTorch, glibc's defaults", GLIBC_DEFAULTS));
      peers.add(pytorch("PyTorch, checkpointed", KEPT, "--efficient"));
    }
    peers.add(ocellus("Ocellus", asTheScript()));
    peers.add(ocellus("Ocellus, glibc's defaults", GLIBC_DEFAULTS));
    peers.add(ocellus("Ocellus, efficient memory", asTheScript(), "--efficient"));
    if (neighbour) {
      peers.add(
          ocellus("Ocellus, a thread per core", fixed(Runtime.getRuntime().availableProcessors())));
      peers.add(ocellus("Ocellus, one thread", fixed(1)));
    }
    return peers;
  }

  /** The environment of the {@code ocellus} script. */
  private static Map<String, String> asTheScript() {
    Map<String, String> environment = new HashMap<>(KEPT);
    environment.put("GOMP_SPINCOUNT", "10000");
    return environment;
  }

  private static Map<String, String> fixed(int threads) {
    Map<String, String> environment = new HashMap<>(KEPT);
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    return environment;
  }

  private Peer pytorch(String name, Map<String, String> environment, String... options) {
    Path script = Path.of(System.getProperty("ocellus.benchmarks.python"), "training_step.py");
    return peer(name, List.of(python, script.toString()), environment, options);
  }

  private Peer ocellus(String name, Map<String, String> environment, String... options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return peer(
        name,
        List.of(java, "-Xmx1g", "-cp", classPath, TrainingStep.class.getName()),
        environment,
        options);
  }

  private Peer peer(
      String name, List<String> program, Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(network, Integer.toString(size), Integer.toString(batch)));
    command.addAll(List.of(options));
    return new Peer(name, command, environment);
  }

  private void print(List<Result> results) {
    System.out.printf("%s, %d images of %d pixels a step%n%n", network, batch, size);
    System.out.println(
        "| | runtime | images/s | speed | speed by CPU time | peak MiB |%s"
            .formatted(neighbour ? " step time beside a busy core / alone |" : ""));
    System.out.println("|---|---|---:|---:|---:|---:|%s".formatted(neighbour ? "---:|" : ""));
    results.forEach(
        result ->
            System.out.println(
                result.row() + (neighbour ? " %.2f |".formatted(result.beside()) : "")));
    if (json != null) {
      try {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

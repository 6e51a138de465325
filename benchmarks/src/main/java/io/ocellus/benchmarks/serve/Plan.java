package io.ocellus.benchmarks.serve;

import ai.djl.Device;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import io.ocellus.inferencer.serving.NativeBfloat16;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a contest measures.
 *
 * @param contenders {@link #bare} is always among them
 * @param rounds that count
 * @param warmUp rounds before them that don't
 * @param seconds that a turn takes a contender without waste, roughly
 * @param backlog images of a backlog; 0 for as many as take that long
 * @param lone images of a turn in which they come singly
 * @param load part of what a contender can do at most that comes evenly
 * @param swapSeconds from a version's publication to the next one's, where they follow each other
 * @param batch images in a forward pass, at most
 * @param threads forward passes at a time
 * @param instances of each contender that serves topics
 * @param keys devices
 * @param heap of each process's JVM, as {@code -Xmx} says it
 * @param settings of the inferencer, over its defaults
 * @param data folder of images; null where they are made up
 */
record Plan(
    List<Arrival> arrivals,
    List<ContenderKind> contenders,
    int rounds,
    int warmUp,
    double seconds,
    int backlog,
    int lone,
    double load,
    double swapSeconds,
    int batch,
    int threads,
    int instances,
    int keys,
    String heap,
    Map<String, String> settings,
    @Nullable Path data) {
  boolean has(Arrival arrival) {
    return arrivals.contains(arrival);
  }

  /** What runs the forward pass that the inferencer runs, with nothing around it. */
  ContenderKind bare() {
    return bare(settings);
  }

  static ContenderKind bare(Map<String, String> settings) {
    if (settings.getOrDefault("precision", "float32").equalsIgnoreCase("bfloat16")
        && NativeBfloat16.on(Device.cpu())) {
      return ContenderKind.PYTORCH_BFLOAT16;
    }
    return settings.getOrDefault("engine", "auto").equalsIgnoreCase("pytorch")
        ? ContenderKind.PYTORCH
        : ContenderKind.ONNXRUNTIME;
  }

  /** How many turns one cell of the matrix takes. */
  int turns() {
    int streams = (int) contenders.stream().filter(ContenderKind::servesTopics).count();
    int backlogs = (has(Arrival.BACKLOG) ? 1 : 0) + (has(Arrival.NEIGHBOUR) ? 1 : 0);
    int withWarmUp = backlogs + (has(Arrival.LONE) ? 1 : 0);
    return (warmUp + rounds) * withWarmUp * contenders.size()
        + (has(Arrival.STEADY) ? (warmUp + rounds) * streams : 0)
        + (has(Arrival.SWAPS) && contenders.contains(ContenderKind.OCELLUS) ? warmUp + rounds : 0);
  }
}

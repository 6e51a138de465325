package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Statistics;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one contender's turns come to; null where nothing was measured. A ratio is the median over
 * rounds, so that each pair was measured side by side.
 *
 * @param imagesPerSecond of a backlog, at the median round
 * @param overBare the same over the bare forward pass ({@link Plan#bare}); what is missing to 1 is
 *     waste
 * @param overBareByCpu the bare pass's CPU time of an image over that of this process: the waste in
 *     it, without what the broker and the load take from the same cores
 * @param overStreams its speed over that of Kafka Streams with a predictor
 * @param cpuMillisPerImage of its process
 * @param lastOverFirst speed at a backlog's end over that at its beginning
 * @param besideNeighbour speed beside a busy process over that without
 * @param loneMillis of an image that comes alone, at the median
 * @param loneP99Millis of 99% of them, at most
 * @param loneOverheadMillis the median less that of the bare forward pass
 * @param steadyPerSecond images that came evenly
 * @param steadyMillis of one of these, at the median
 * @param steadyP99Millis of 99% of them, at most
 * @param steadyP99Batches the same in durations of a bare forward pass of a full batch
 * @param swapSeconds from a version's publication to its first result, at the median
 * @param swapP99Millis of 99% of the images that lived meanwhile, at most
 * @param swapOverOtherwise the same over that of the images that lived between swaps
 * @param residentGrowth memory at the end of a turn with swaps over that after a third of them
 * @param threadsMore at the end than then
 * @param filesMore that are open at the end than then
 * @param peakMiB of its process
 */
record Figures(
    ContenderKind contender,
    String runtime,
    @Nullable Double imagesPerSecond,
    @Nullable Double overBare,
    @Nullable Double overBareByCpu,
    @Nullable Double overStreams,
    @Nullable Double cpuMillisPerImage,
    @Nullable Double lastOverFirst,
    @Nullable Double besideNeighbour,
    @Nullable Double loneMillis,
    @Nullable Double loneP99Millis,
    @Nullable Double loneOverheadMillis,
    @Nullable Double steadyPerSecond,
    @Nullable Double steadyMillis,
    @Nullable Double steadyP99Millis,
    @Nullable Double steadyP99Batches,
    @Nullable Double swapSeconds,
    @Nullable Double swapP99Millis,
    @Nullable Double swapOverOtherwise,
    @Nullable Double residentGrowth,
    @Nullable Double threadsMore,
    @Nullable Double filesMore,
    long peakMiB) {

  /** Of all contenders' turns. */
  static Figures of(ContenderKind kind, String runtime, long peakBytes, List<Turn> all, Plan plan) {
    List<Turn> backlogs = turns(all, Arrival.BACKLOG, kind);
    List<Turn> bare = turns(all, Arrival.BACKLOG, plan.bare());
    List<Turn> lone = turns(all, Arrival.LONE, kind);
    List<Turn> steady = turns(all, Arrival.STEADY, kind);
    List<Swaps> swaps =
        turns(all, Arrival.SWAPS, kind).stream().map(Turn::swaps).filter(Objects::nonNull).toList();
    Double loneMillis = quantile(lone, 0.5);
    Double bareLone = quantile(turns(all, Arrival.LONE, plan.bare()), 0.5);
    Double steadyP99 = quantile(steady, 0.99);
    Double bareSpeed = median(bare, Turn::imagesPerSecond);
    return new Figures(
        kind,
        runtime,
        median(backlogs, Turn::imagesPerSecond),
        ratio(backlogs, bare, Turn::imagesPerSecond),
        ratio(backlogs, bare, turn -> 1 / turn.cpuMillisPerImage()),
        ratio(backlogs, turns(all, Arrival.BACKLOG, ContenderKind.STREAMS), Turn::imagesPerSecond),
        median(backlogs, Turn::cpuMillisPerImage),
        kind.servesTopics() ? median(backlogs, Turn::lastOverFirst) : null,
        ratio(turns(all, Arrival.NEIGHBOUR, kind), backlogs, Turn::imagesPerSecond),
        loneMillis,
        quantile(lone, 0.99),
        loneMillis == null || bareLone == null ? null : loneMillis - bareLone,
        median(steady, Turn::imagesPerSecond),
        quantile(steady, 0.5),
        steadyP99,
        steadyP99 == null || bareSpeed == null
            ? null
            : steadyP99 / 1e3 / (plan.batch() * plan.threads() / bareSpeed),
        median(swaps, each -> Statistics.median(each.seconds())),
        median(swaps, Swaps::p99During),
        median(swaps, each -> each.p99During() / each.p99Otherwise()),
        median(swaps, Swaps::residentGrowth),
        median(swaps, each -> each.end().threads() - each.settled().threads()),
        median(swaps, each -> each.end().files() - each.settled().files()),
        peakBytes >> 20);
  }

  private static List<Turn> turns(List<Turn> all, Arrival arrival, ContenderKind kind) {
    return all.stream()
        .filter(turn -> turn.arrival() == arrival && turn.contender() == kind)
        .toList();
  }

  private static <T> @Nullable Double median(List<T> turns, ToDoubleFunction<T> measure) {
    return known(Statistics.median(turns.stream().map(measure::applyAsDouble).toList()));
  }

  private static @Nullable Double quantile(List<Turn> turns, double share) {
    return known(
        Statistics.quantile(
            turns.stream().flatMap(turn -> turn.millis().stream()).toList(), share));
  }

  private static @Nullable Double ratio(
      List<Turn> turns, List<Turn> others, ToDoubleFunction<Turn> measure) {
    List<Double> ratios = new ArrayList<>();
    for (Turn turn : turns) {
      others.stream()
          .filter(other -> other.round() == turn.round())
          .forEach(other -> ratios.add(measure.applyAsDouble(turn) / measure.applyAsDouble(other)));
    }
    return known(Statistics.median(ratios));
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** A value, or a dash where there is none. */
  static String text(@Nullable Double value, String format) {
    return value == null ? "–" : format.formatted(Objects.requireNonNull(value));
  }
}

package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Statistics;
import io.ocellus.benchmarks.serve.contender.ContenderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Turns of all contenders in alternation, so that what else the machine does disturbs all of them
 * alike. Who begins changes from round to round.
 */
final class Contest {
  /** A steady load is served by other paths than a backlog, which are compiled by then. */
  private static final double WARM_UP_SECONDS = 60;

  private final Plan plan;
  private final List<Entrant> entrants;
  private final ProgressBar bar;
  private final List<Turn> turns = new ArrayList<>();
  private final int sized;

  Contest(Plan plan, List<Entrant> entrants, ProgressBar bar) {
    this.plan = plan;
    this.entrants = entrants;
    this.bar = bar;
    this.sized = sized();
  }

  /**
   * Images that take the bare forward pass as long as a turn should: whole batches on all cores.
   */
  private int sized() {
    Entrant bare =
        entrants.stream().filter(each -> each.kind() == plan.bare()).findFirst().orElseThrow();
    int step = plan.batch() * plan.threads();
    bare.backlog(Arrival.BACKLOG, 0, step);
    double perSecond = bare.backlog(Arrival.BACKLOG, 0, 2 * step).imagesPerSecond();
    return step * (int) Math.max(1, Math.round(plan.seconds() * perSecond / step));
  }

  /** Images of a backlog. */
  int backlog() {
    return plan.backlog() > 0 ? plan.backlog() : sized;
  }

  /** Runs all rounds, and gives the turns that count. */
  List<Turn> run() {
    for (int round = 1 - plan.warmUp(); round <= plan.rounds(); round++) {
      for (Entrant entrant : from(round)) {
        backlogs(entrant, round);
      }
    }
    for (int round = 1 - plan.warmUp(); round <= plan.rounds(); round++) {
      for (Entrant entrant : from(round)) {
        singles(entrant, round);
      }
    }
    return turns;
  }

  private void backlogs(Entrant entrant, int round) {
    int images = round < 1 ? Math.min(sized, backlog()) : backlog();
    if (plan.has(Arrival.BACKLOG)) {
      turn(entrant, round, Arrival.BACKLOG, () -> entrant.backlog(Arrival.BACKLOG, round, images));
    }
    if (plan.has(Arrival.NEIGHBOUR)) {
      Busy busy = new Busy();
      try (busy) {
        turn(
            entrant,
            round,
            Arrival.NEIGHBOUR,
            () -> entrant.backlog(Arrival.NEIGHBOUR, round, images));
      }
    }
  }

  private void singles(Entrant entrant, int round) {
    if (plan.has(Arrival.LONE)) {
      turn(entrant, round, Arrival.LONE, () -> entrant.lone(round, plan.lone()));
    }
    if (entrant.kind().servesTopics()) {
      steady(entrant, round, Arrival.STEADY);
    }
    if (entrant.kind() == ContenderKind.OCELLUS) {
      steady(entrant, round, Arrival.SWAPS);
    }
  }

  private void steady(Entrant entrant, int round, Arrival arrival) {
    if (plan.has(arrival)) {
      double perSecond = plan.load() * peak(entrant.kind());
      double seconds = round > 0 ? plan.seconds() : Math.min(plan.seconds(), WARM_UP_SECONDS);
      int images = (int) Math.max(plan.lone(), seconds * perSecond);
      turn(entrant, round, arrival, () -> entrant.steady(arrival, round, images, perSecond));
    }
  }

  private void turn(Entrant entrant, int round, Arrival arrival, Supplier<Turn> turn) {
    bar.setExtraMessage(
        " %s, %s".formatted(entrant.kind().name().toLowerCase(Locale.ROOT), arrival));
    Turn taken = turn.get();
    if (round > 0) {
      turns.add(taken);
    }
    bar.step();
  }

  private double peak(ContenderKind kind) {
    return Statistics.median(
        turns.stream()
            .filter(turn -> turn.arrival() == Arrival.BACKLOG && turn.contender() == kind)
            .map(Turn::imagesPerSecond)
            .toList());
  }

  private List<Entrant> from(int round) {
    int first = Math.floorMod(round, entrants.size());
    List<Entrant> order = new ArrayList<>(entrants.subList(first, entrants.size()));
    order.addAll(entrants.subList(0, first));
    return order;
  }
}

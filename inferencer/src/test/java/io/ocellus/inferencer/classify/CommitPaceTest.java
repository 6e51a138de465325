package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final long BEGIN = 1_000_000;

  private final CommitPace pace = new CommitPace(true);

  @Test
  void whereNothingHasLandedNothingIsCommitted() {
    assertThat(pace.due(BEGIN)).isFalse();
    assertThat(pace.waits()).isFalse();
  }

  @Test
  void whatLandsIsCommittedAtOnceAndOnce() {
    pace.landed();
    assertThat(pace.due(BEGIN)).isTrue();
    assertThat(pace.waits()).isFalse();
    assertThat(pace.due(BEGIN + 200)).isFalse();
  }

  @Test
  void whatLandsSoonAfterACommitWaitsForTheInterval() {
    pace.landed();
    assertThat(pace.due(BEGIN)).isTrue();
    pace.landed();
    assertThat(pace.due(BEGIN + 99)).isFalse();
    assertThat(pace.waits()).isTrue();
    assertThat(pace.due(BEGIN + 100)).isTrue();
  }

  @Test
  void whileImagesQueueCommitsAreRarer() {
    pace.landed();
    assertThat(pace.due(BEGIN)).isTrue();
    pace.landed();
    pace.queued(BEGIN + 250);
    assertThat(pace.due(BEGIN + 299)).isFalse();
    assertThat(pace.due(BEGIN + 300)).isTrue();
  }

  @Test
  void theLastOfAQueueAreCommittedAsEver() {
    pace.landed();
    assertThat(pace.due(BEGIN)).isTrue();
    pace.landed();
    pace.queued(BEGIN + 50);
    assertThat(pace.due(BEGIN + 149)).isFalse();
    assertThat(pace.due(BEGIN + 150)).isTrue();
  }

  @Test
  void whatOtherTasksAreAboutToLandIsCommittedWithIt() {
    AtomicBoolean finished = new AtomicBoolean(true);
    BooleanSupplier other = finished::get;
    pace.opened(other);
    pace.landed();
    assertThat(pace.due(BEGIN)).isFalse();
    finished.set(false);
    assertThat(pace.due(BEGIN + 5)).isTrue();

    finished.set(true);
    pace.landed();
    pace.closed(other);
    assertThat(pace.due(BEGIN + 200)).isTrue();
  }

  @Test
  void tasksThatAlwaysHaveSomethingToLandDoNotHoldItBackForLong() {
    pace.opened(() -> true);
    pace.landed();
    assertThat(pace.due(BEGIN)).isFalse();
    assertThat(pace.due(BEGIN + 19)).isFalse();
    assertThat(pace.due(BEGIN + 20)).isTrue();
    pace.landed();
    assertThat(pace.due(BEGIN + 120)).isFalse();
    assertThat(pace.due(BEGIN + 140)).isTrue();
  }

  @Test
  void whereResultsShowWithoutACommitNoneIsAskedFor() {
    CommitPace atLeastOnce = new CommitPace(false);
    atLeastOnce.landed();
    assertThat(atLeastOnce.due(BEGIN)).isFalse();
    assertThat(atLeastOnce.waits()).isFalse();
  }
}

package io.ocellus.trainer.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetrainTriggerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static RetrainTrigger trigger(boolean onStart, int labels, Duration interval) {
    return new RetrainTrigger(
        new RetrainTrigger.Rules(onStart, labels, interval, Duration.ofSeconds(5)), START);
  }

  @Test
  void onStartRunsOnceAndOnlyWithoutACheckpoint() {
    RetrainTrigger trigger = trigger(true, 0, Duration.ZERO);
    assertThat(trigger.due(START, true, 9)).isEmpty();
    assertThat(trigger.due(START, false, 9)).contains("on-start");
    trigger.begun(START, "on-start");
    assertThat(trigger.due(START, false, 9)).isEmpty();
  }

  @Test
  void enoughNewLabelsRunWhenTheTopicIsQuiet() {
    RetrainTrigger trigger = trigger(false, 10, Duration.ZERO);
    trigger.labelled(START);
    assertThat(trigger.due(START.plusSeconds(6), true, 9)).isEmpty();
    assertThat(trigger.due(START.plusSeconds(4), true, 10)).isEmpty();
    assertThat(trigger.due(START.plusSeconds(5), true, 10)).contains("new-labels");
  }

  @Test
  void aTopicThatIsNeverQuietIsNotWaitedForForEver() {
    RetrainTrigger trigger = trigger(false, 10, Duration.ZERO);
    Instant due = null;
    for (int second = 0; second < 100 && due == null; second++) {
      Instant now = START.plusSeconds(second);
      trigger.labelled(now);
      due = trigger.due(now, true, 10).isPresent() ? now : null;
    }
    assertThat(due).isEqualTo(START.plusSeconds(50));
  }

  @Test
  void anIntervalCountsFromTheLastRun() {
    RetrainTrigger trigger = trigger(false, 0, Duration.ofHours(1));
    assertThat(trigger.due(START.plusSeconds(3599), true, 0)).isEmpty();
    assertThat(trigger.due(START.plusSeconds(3600), true, 0)).contains("interval");
    trigger.begun(START.plusSeconds(3600), "interval");
    assertThat(trigger.due(START.plusSeconds(7000), true, 0)).isEmpty();
  }

  @Test
  void requestsDuringARunMakeOneMoreDue() {
    RetrainTrigger trigger = trigger(false, 0, Duration.ZERO);
    trigger.request("");
    trigger.begun(START, "request");
    trigger.request("");
    trigger.request("");
    assertThat(trigger.due(START, true, 0)).contains("request");
    trigger.begun(START, "request");
    assertThat(trigger.due(START, true, 0)).isEmpty();
  }

  @Test
  void aFailedRunIsTriedAgainLaterEachTime() {
    RetrainTrigger trigger = trigger(false, 10, Duration.ZERO);
    trigger.begun(START, "new-labels");
    trigger.failed(START);
    assertThat(trigger.due(START.plusSeconds(59), true, 0)).isEmpty();
    assertThat(trigger.due(START.plusSeconds(60), true, 0)).contains("new-labels");
    trigger.begun(START.plusSeconds(60), "new-labels");
    trigger.failed(START.plusSeconds(60));
    assertThat(trigger.due(START.plusSeconds(179), true, 0)).isEmpty();
    assertThat(trigger.due(START.plusSeconds(180), true, 0)).contains("new-labels");
  }
}

package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ocellus.failure.FailureReason;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
  private static final byte GUILTY = 7;
  private static final byte LATE = 9;
  private static final byte NOT_A_NUMBER = 11;

  private final List<Integer> passes = new ArrayList<>();
  private boolean broken;
  private double temperature = 1;

  @Test
  void aFailingPassIsHalvedUntilTheGuiltyImageIsAlone() {
    List<Prepared> batch = batch(0, 1, 2, 3, 4, GUILTY, 6, 8);
    new ForwardPass(Fixtures.metrics()).run(batch);
    for (Prepared image : batch) {
      Outcome outcome = image.outcome().join();
      if (image.levels()[0] == GUILTY) {
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Dead.class,
                dead -> {
                  assertThat(dead.reason()).isEqualTo(FailureReason.FORWARD_FAILED);
                  assertThat(dead.message()).contains("cannot multiply");
                });
      } else {
        assertThat(outcome).isInstanceOf(Outcome.Classified.class);
      }
    }
    assertThat(passes).containsExactly(8, 4, 4, 2, 1, 1, 1, 2);
  }

  @Test
  void anImageThatGivesNoNumbersIsDeadAndItsNeighboursAreNot() {
    List<Prepared> batch = batch(0, NOT_A_NUMBER, 2);
    new ForwardPass(Fixtures.metrics()).run(batch);
    assertThat(batch.get(0).outcome().join()).isInstanceOf(Outcome.Classified.class);
    assertThat(batch.get(1).outcome().join()).isInstanceOf(Outcome.Dead.class);
    assertThat(batch.get(2).outcome().join()).isInstanceOf(Outcome.Classified.class);
  }

  @Test
  void whatIsTooLateTakesNoPartInThePass() {
    List<Prepared> batch = batch(0, LATE, 2);
    new ForwardPass(Fixtures.metrics()).run(batch);
    assertThat(batch.get(1).outcome().join())
        .isInstanceOfSatisfying(
            Outcome.Skipped.class,
            skipped -> assertThat(skipped.deadline()).isEqualTo(Instant.EPOCH));
    assertThat(batch.get(0).outcome().join()).isInstanceOf(Outcome.Classified.class);
    assertThat(batch.get(2).outcome().join()).isInstanceOf(Outcome.Classified.class);
    assertThat(passes).containsExactly(2);
  }

  @Test
  void whereTheNetworkFailsOnEverythingNoImageIsBlamed() {
    broken = true;
    List<Prepared> batch = batch(0, 1);
    new ForwardPass(Fixtures.metrics()).run(batch);
    assertThat(batch).allMatch(image -> image.outcome().isCompletedExceptionally());
  }

  @Test
  void aTemperatureChangesProbabilitiesAndNoLabel() {
    Outcome.Classified plain = classified(batch(3));
    temperature = 2;
    Outcome.Classified calibrated = classified(batch(3));
    assertThat(plain.probabilities()[0]).isCloseTo(0.880797f, within(1e-6f));
    assertThat(calibrated.probabilities()[0]).isCloseTo(0.731059f, within(1e-6f));
    assertThat(result(calibrated).label()).isEqualTo(result(plain).label());
  }

  private static Outcome.Classified classified(List<Prepared> batch) {
    new ForwardPass(Fixtures.metrics()).run(batch);
    return (Outcome.Classified) batch.get(0).outcome().join();
  }

  private static Classification result(Outcome.Classified outcome) {
    try {
      byte[] json = OutcomeRecords.result(Fixtures.event(1), outcome).value();
      return Json.MAPPER.readValue(json, Classification.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Prepared> batch(int... firstLevels) {
    Serving serving = new Serving();
    serving.swap(Fixtures.model(this::logits, temperature));
    return IntStream.range(0, firstLevels.length)
        .mapToObj(
            i -> {
              ServedModel model = serving.acquire();
              return new Prepared(
                  new byte[] {(byte) firstLevels[i]},
                  model,
                  firstLevels[i] == LATE ? Instant.EPOCH : Instant.MAX,
                  new CompletableFuture<>());
            })
        .toList();
  }

  private float[][] logits(List<byte[]> images) {
    passes.add(images.size());
    if (broken || images.stream().anyMatch(image -> image[0] == GUILTY)) {
      throw new IllegalStateException("cannot multiply");
    }
    return images.stream()
        .map(image -> new float[] {image[0] == NOT_A_NUMBER ? Float.NaN : image[0], 1})
        .toArray(float[][]::new);
  }
}

package io.ocellus.trainer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.ocellus.trainer.training.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What happens in a trainer: the value of the records of {@code ocellus.training}, as {@code
 * docs/schemas/training-event.schema.json} describes it, and what a {@link TrainingListener} hears.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainingEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = TrainingEvent.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = TrainingEvent.Evaluated.class, name = "evaluated"),
  @JsonSubTypes.Type(value = TrainingEvent.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = TrainingEvent.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = TrainingEvent.Published.class, name = "published"),
  @JsonSubTypes.Type(value = TrainingEvent.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = TrainingEvent.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = TrainingEvent.Waiting.class, name = "waiting")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface TrainingEvent {
  /** Name that checkpoint versions are counted under. */
  String model();

  /** Id of the run; of {@link Waiting}, the model's name. */
  String run();

  /** When it happened. */
  Instant time();

  /** The {@code type} in JSON, such as {@code epoch}. */
  default String type() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * A run begins.
   *
   * @param reason why it runs
   * @param network that is trained
   * @param classes labels in the order of the logits
   * @param trainImages images to learn from
   * @param testImages held-out images
   * @param epochs passes over the training images
   * @param servingVersion version that it will be compared with; 0 for none
   * @param start {@code fresh}, {@code warm} (from the serving version) or {@code file}; the latter
   *     two with {@code -fresh-head} or {@code -fresh-classes} where classes are others
   */
  record Started(
      String model,
      String run,
      Instant time,
      String reason,
      String network,
      List<String> classes,
      int trainImages,
      int testImages,
      int epochs,
      int servingVersion,
      String start)
      implements TrainingEvent {
    public Started {
      classes = List.copyOf(classes);
    }
  }

  /**
   * An epoch is over.
   *
   * @param epoch counted from one
   * @param epochs how many there will be
   * @param learningRate that it was trained with
   * @param trainLoss mean cross-entropy while learning
   * @param trainAccuracy share of training images that were right while learning
   * @param testLoss mean cross-entropy on the held-out images
   * @param testAccuracy share of held-out images that are right
   * @param best whether none before was as good
   * @param seconds it took
   */
  record Epoch(
      String model,
      String run,
      Instant time,
      int epoch,
      int epochs,
      double learningRate,
      double trainLoss,
      double trainAccuracy,
      double testLoss,
      double testAccuracy,
      boolean best,
      double seconds)
      implements TrainingEvent {}

  /**
   * Candidate and serving version were measured on the same held-out images.
   *
   * @param candidate what the run came to
   * @param servingVersion 0 for none
   * @param serving how the serving version does; absent where there is none
   */
  record Evaluated(
      String model,
      String run,
      Instant time,
      Evaluation candidate,
      int servingVersion,
      Evaluation serving)
      implements TrainingEvent {}

  /**
   * The gate lets the candidate through.
   *
   * @param message why, for people
   */
  record Accepted(String model, String run, Instant time, String message)
      implements TrainingEvent {}

  /**
   * The gate refuses the candidate; it is not published.
   *
   * @param message why, for people
   */
  record Refused(String model, String run, Instant time, String message) implements TrainingEvent {}

  /**
   * The candidate is in the topic.
   *
   * @param version that it became
   * @param bytes of its files
   */
  record Published(String model, String run, Instant time, int version, long bytes)
      implements TrainingEvent {}

  /**
   * The run came to nothing.
   *
   * @param message why, for people
   */
  record Failed(String model, String run, Instant time, String message) implements TrainingEvent {}

  /**
   * The run was given up because the trainer stops.
   *
   * @param message why, for people
   */
  record Stopped(String model, String run, Instant time, String message) implements TrainingEvent {}

  /**
   * A run is due and cannot start yet.
   *
   * @param message what is missing, for people
   */
  record Waiting(String model, String run, Instant time, String message) implements TrainingEvent {}
}

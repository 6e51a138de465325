package io.ocellus.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a checkpoint comes from: enough to replay its training.
 *
 * @param run id of the training run
 * @param reason why it ran, such as {@code on-start} or {@code request}
 * @param parentVersion the version it was compared with; 0 for none
 * @param data the records of the labelled topic that the run had seen
 * @param trainImages how many images it learned from
 * @param testImages how many held-out images measured it
 * @param splitRule how images were divided between the two
 * @param seed of every random choice
 * @param configuration the settings of the run, by key, without secrets
 * @param codeVersion the build that trained it
 * @param start where its weights started: {@code fresh}, {@code warm} (an earlier version) or
 *     {@code file}, the latter two perhaps with {@code -fresh-head} or {@code -fresh-classes} (some
 *     rows of the head); {@code unknown} of versions that do not say
 */
public record Lineage(
    String run,
    String reason,
    int parentVersion,
    List<OffsetRange> data,
    int trainImages,
    int testImages,
    String splitRule,
    long seed,
    Map<String, String> configuration,
    String codeVersion,
    String start) {
  public Lineage {
    run = Objects.requireNonNullElse(run, "unknown");
    reason = Objects.requireNonNullElse(reason, "unknown");
    splitRule = Objects.requireNonNullElse(splitRule, "unknown");
    codeVersion = Objects.requireNonNullElse(codeVersion, "unknown");
    data = data == null ? List.of() : List.copyOf(data);
    configuration = configuration == null ? Map.of() : Map.copyOf(configuration);
    start = Objects.requireNonNullElse(start, "unknown");
  }

  /** Of a run that started from fresh weights. */
  public Lineage(
      String run,
      String reason,
      int parentVersion,
      List<OffsetRange> data,
      int trainImages,
      int testImages,
      String splitRule,
      long seed,
      Map<String, String> configuration,
      String codeVersion) {
    this(
        run,
        reason,
        parentVersion,
        data,
        trainImages,
        testImages,
        splitRule,
        seed,
        configuration,
        codeVersion,
        "fresh");
  }
}

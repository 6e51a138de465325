package io.ocellus.checkpoint;

import io.ocellus.image.Preprocessing;
import io.ocellus.network.NetworkSpec;
import io.ocellus.service.Required;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The last record of a checkpoint: what it is, what its files must hash to and where it comes from.
 *
 * @param model name that versions are counted under
 * @param version one more than the highest before it; 0 while unpublished
 * @param created when training ended
 * @param network the network that the weights belong to
 * @param classes labels in the order of the logits
 * @param preprocessing how an image becomes the network's input
 * @param temperature that logits are divided by before they become probabilities (Guo et al., 2017,
 *     arXiv:1706.04599), which {@code model.pt} leaves to its user; 1 where a manifest has none
 * @param metrics of the held-out images, such as {@code test-accuracy}
 * @param files what the checkpoint consists of
 * @param lineage where it comes from
 * @param publishedBy {@link #TRAINER} or {@link #COMMAND}; empty while unpublished, and of versions
 *     that do not say
 */
public record Manifest(
    @Required String model,
    @Required int version,
    @Required Instant created,
    @Required NetworkSpec network,
    @Required List<String> classes,
    @Required Preprocessing preprocessing,
    double temperature,
    Map<String, Double> metrics,
    @Required List<FileEntry> files,
    @Required Lineage lineage,
    String publishedBy) {
  /** Published by a trainer. */
  public static final String TRAINER = "trainer";

  /** Published by somebody, with {@code ocellus models publish}. */
  public static final String COMMAND = "command";

  public Manifest {
    classes = List.copyOf(Objects.requireNonNull(classes, "classes is missing"));
    temperature = temperature == 0 ? 1 : temperature;
    metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
    files = files == null ? List.of() : List.copyOf(files);
    publishedBy = Objects.requireNonNullElse(publishedBy, "");
  }

  /**
   * Makes sure that a model may be called that.
   *
   * @throws IllegalArgumentException naming the setting {@code model}
   */
  public static void requireName(String model) {
    if (!CheckpointKey.isName(model)) {
      throw new IllegalArgumentException(
          "model must be up to 128 letters, digits, dots, underscores and hyphens, and begin with a letter or a digit, not '%s'"
              .formatted(model));
    }
  }

  /** Of a checkpoint that is not published yet. */
  public Manifest(
      String model,
      int version,
      Instant created,
      NetworkSpec network,
      List<String> classes,
      Preprocessing preprocessing,
      double temperature,
      Map<String, Double> metrics,
      List<FileEntry> files,
      Lineage lineage) {
    this(
        model,
        version,
        created,
        network,
        classes,
        preprocessing,
        temperature,
        metrics,
        files,
        lineage,
        "");
  }

  /** The same checkpoint as one of another model. */
  public Manifest named(String newModel) {
    return new Manifest(
        newModel,
        version,
        created,
        network,
        classes,
        preprocessing,
        temperature,
        metrics,
        files,
        lineage,
        publishedBy);
  }

  /** The same checkpoint, numbered and with its files counted and hashed. */
  public Manifest published(int newVersion, List<FileEntry> newFiles) {
    return published(newVersion, newFiles, publishedBy);
  }

  /** The same, published by a trainer or a command. */
  Manifest published(int newVersion, List<FileEntry> newFiles, String by) {
    return new Manifest(
        model,
        newVersion,
        created,
        network,
        classes,
        preprocessing,
        temperature,
        metrics,
        newFiles,
        lineage,
        by);
  }
}

package io.ocellus.topic;

/**
 * The names of the topics that the services share.
 *
 * @param prefix what every name begins with, before a dot
 */
public record Topics(String prefix) {
  public Topics {
    if (!prefix.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          "topics.prefix must be letters, digits, dots, underscores and hyphens, not '%s'"
              .formatted(prefix));
    }
  }

  /** Image events of the devices; key: device id. */
  public String images() {
    return named("images");
  }

  /** Labelled images to train on; key: image id; compacted. */
  public String labelledImages() {
    return named("labelled-images");
  }

  /** Results, JSON; key: device id. */
  public String classifications() {
    return named("classifications");
  }

  /** Records that could not be classified, as they came, with the reason in headers. */
  public String imagesDead() {
    return named("images-dead");
  }

  /** Checkpoints as chunks and manifests; one partition, compacted. */
  public String checkpoints() {
    return named("checkpoints");
  }

  /** Progress events of training runs, JSON; key: run id. */
  public String training() {
    return named("training");
  }

  private String named(String topic) {
    return prefix + "." + topic;
  }
}

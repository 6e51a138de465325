package io.ocellus.topic;

/** Kafka refused something that was asked of a topic, or could not be reached. */
public final class TopicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.ocellus.image.guard;

/** What the work of one image may take; handed to the work, which keeps to it. */
public interface Budget {
  /** Whether the time of the image is over. Cheap: reads a field. */
  boolean isOver();

  /**
   * Throws where the time of the image is over. To be called wherever the work passes by, at least
   * once for each piece of input that it reads.
   *
   * @throws TimeOverException unchecked, to get out of a decoder
   */
  void check();

  /**
   * Sets the time limit, where the work knows it better than before it began.
   *
   * @param limit from the beginning of the work
   */
  void limit(TimeLimit limit);

  /**
   * Waits until so much of the heap is free for this image. To be called once, before anything
   * large is allocated. The wait does not count as time of the image.
   *
   * @param bytes the most that the work holds at a time
   */
  void reserve(long bytes);

  /** The time of an image is over. */
  final class TimeOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeOverException(String message) {
      super(message);
    }
  }
}

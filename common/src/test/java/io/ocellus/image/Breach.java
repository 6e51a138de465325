package io.ocellus.image;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an image broke a bound.
 *
 * @param type time, allocation, or the class of what was thrown
 * @param use what the image was used for
 * @param where class of the decoder, and the class of ours that called it
 * @param detail with figures
 */
record Breach(Type type, String use, String where, String detail) {
  /** Ways to break one. */
  enum Type {
    TIME,
    ALLOCATION,
    /** The decoded image's own bytes. */
    DECODED,
    THROWN
  }

  private static final String OURS = "io.ocellus.";

  static String where(StackTraceElement[] frames) {
    Optional<String> decoder =
        Stream.of(frames).filter(Breach::isDecoder).findFirst().map(Breach::named);
    Optional<String> ours =
        Stream.of(frames)
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .findFirst()
            .map(Breach::named);
    String top = frames.length == 0 ? "?" : named(frames[0]);
    return decoder.map(name -> name + " < ").orElse("") + ours.orElse(top);
  }

  private static boolean isDecoder(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("com.sun.imageio")
        || name.startsWith("com.twelvemonkeys")
        || name.startsWith("org.bytedeco");
  }

  private static String named(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public String toString() {
    return "%s in %s at %s: %s".formatted(type, use, where, detail);
  }
}

package io.ocellus.image;

import java.util.List;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Tells a decoder's warnings that pixels were made up from those that are harmless. The JPEG
 * decoder paints what is missing grey and mentions it in a warning only.
 */
final class DataLoss implements IIOReadWarningListener {
  private static final String HARMLESS = "extraneous bytes before marker";
  private static final List<String> HARMFUL =
      List.of(
          "Corrupt",
          "Truncated",
          "truncated",
          "Premature",
          "premature",
          "Inconsistent progression");

  private Optional<String> first = Optional.empty();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (first.isEmpty()
        && HARMFUL.stream().anyMatch(warning::contains)
        && !warning.contains(HARMLESS)) {
      first = Optional.of(warning);
    }
  }

  /** Throws where pixels were made up. */
  void check() throws IIOException {
    if (first.isPresent()) {
      throw new IIOException(first.get());
    }
  }
}

package io.ocellus.image;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Tells a decoder's warnings that pixels were made up from those that are harmless. The JPEG
 * decoder paints what is missing grey and mentions it in a warning only.
 */
final class DataLoss implements IIOReadWarningListener {
  private static final Pattern HARMLESS = Pattern.compile(".*extraneous bytes before marker.*");
  private static final Pattern HARMFUL =
      Pattern.compile(".*(Corrupt|[Tt]runcated|[Pp]remature|Inconsistent progression).*");

  private Optional<String> first = Optional.empty();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (first.isEmpty()
        && HARMFUL.matcher(warning).matches()
        && !HARMLESS.matcher(warning).matches()) {
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

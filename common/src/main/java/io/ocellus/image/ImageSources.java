package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import io.ocellus.service.Backoff;
import io.ocellus.service.Deadline;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Finds the bytes of an image record: its value, or what its {@code ce_dataref} header points to
 * (the claim check of CloudEvents). References are refused unless they lie under a prefix of {@code
 * image.references}, because whoever can write to the topic would otherwise read any file and reach
 * any server that the service can. What is not available is tried again, with growing pauses, for
 * as long as {@code image.reference-patience}.
 *
 * <p>Safe for use by many threads at once. Where a thread is interrupted while it fetches, that is
 * no fault of the image: {@link java.util.concurrent.CancellationException} is thrown.
 */
public final class ImageSources {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final Duration patience;
  private final long maxBytes;
  private final List<ImageSource> sources;

  public ImageSources(ImageSettings settings) {
    patience = settings.referencePatience();
    maxBytes = settings.limits().maxBytes();
    sources =
        settings.references().stream()
            .map(prefix -> ImageSourceCatalog.create(prefix, maxBytes))
            .toList();
  }

  /**
   * The image's encoded bytes.
   *
   * @param value of the record; null or empty where the image is elsewhere
   * @param dataref the {@code ce_dataref} header, which counts only without a value
   */
  public byte[] bytes(byte[] value, Optional<String> dataref) throws BadImageException {
    if (value != null && value.length > 0) {
      if (value.length > maxBytes) {
        throw tooLarge(value.length, maxBytes);
      }
      return value;
    }
    URI uri = parse(dataref.orElseThrow(ImageSources::empty));
    for (ImageSource source : sources) {
      if (source.allows(uri)) {
        return read(source, uri);
      }
    }
    throw refused(uri, "it lies under none of the allowed prefixes");
  }

  /** Whether the image must be fetched, which may take a while. */
  public static boolean isElsewhere(byte[] value, Optional<String> dataref) {
    return (value == null || value.length == 0) && dataref.isPresent();
  }

  private byte[] read(ImageSource source, URI uri) throws BadImageException {
    Deadline deadline = Deadline.in(patience);
    for (int failures = 1; ; failures++) {
      try {
        return source.read(uri, deadline.left());
      } catch (UnavailableException e) {
        Duration pause = PAUSES.after(failures);
        if (deadline.left().compareTo(pause) <= 0) {
          throw unavailable(uri, failures, e);
        }
        sleep(pause, uri);
      }
    }
  }

  private static void sleep(Duration pause, URI uri) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while fetching " + uri);
    }
  }

  private static BadImageException unavailable(URI uri, int attempts, UnavailableException last) {
    return new BadImageException(
        FailureReason.REFERENCE_UNAVAILABLE,
        "%s cannot be read, tried %d times: %s".formatted(uri, attempts, last.getMessage()),
        last);
  }

  static BadImageException tooLarge(long bytes, long maxBytes) {
    return new BadImageException(
        FailureReason.TOO_LARGE_BYTES,
        "%,d bytes or more, %,d are allowed".formatted(bytes, maxBytes));
  }

  static BadImageException refused(URI uri, String why) {
    return new BadImageException(
        FailureReason.REFERENCE_REFUSED, "%s is refused: %s".formatted(uri, why));
  }

  static BadImageException missing(URI uri, String why) {
    return new BadImageException(
        FailureReason.REFERENCE_MISSING, "%s cannot be read: %s".formatted(uri, why));
  }

  static BadImageException empty() {
    return new BadImageException(
        FailureReason.EMPTY, "There is neither a value nor a ce_dataref header");
  }

  private static URI parse(String dataref) throws BadImageException {
    try {
      return new URI(dataref);
    } catch (URISyntaxException e) {
      throw new BadImageException(
          FailureReason.REFERENCE_REFUSED, "ce_dataref is no URI: " + e.getMessage(), e);
    }
  }
}

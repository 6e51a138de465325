package io.ocellus.image;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Images in a folder that the service can see. Symbolic links are followed only as long as they end
 * inside the folder. A file system that hangs, or a pipe that was put in the place of a file, holds
 * a read for no longer than it may take.
 */
final class FileImageSource implements ImageSource {
  private final Path root;
  private final long maxBytes;
  private final Opener opener;
  private final TimedCalls calls;

  /** Opens a file that is no link. */
  interface Opener {
    InputStream open(Path file) throws IOException;
  }

  FileImageSource(URI prefix, long maxBytes) {
    this(prefix, maxBytes, file -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  FileImageSource(URI prefix, long maxBytes, Opener opener) {
    this.root = path(prefix);
    this.maxBytes = maxBytes;
    this.opener = opener;
    this.calls = new TimedCalls(root.toString());
  }

  @Override
  public boolean allows(URI uri) {
    try {
      return path(uri).startsWith(root);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public byte[] read(URI uri, Duration within) throws BadImageException, UnavailableException {
    return calls.within(within, () -> read(uri));
  }

  private byte[] read(URI uri) throws BadImageException, UnavailableException {
    try {
      Path real = path(uri).toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        throw ImageSources.refused(uri, "a link leads out of the allowed folder");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw ImageSources.missing(uri, "it is not a file");
      }
      try (InputStream in = opener.open(real)) {
        return read(in);
      }
    } catch (NoSuchFileException e) {
      throw ImageSources.missing(uri, "there is no such file");
    } catch (AccessDeniedException e) {
      throw ImageSources.missing(uri, "access is denied");
    } catch (IOException e) {
      throw new UnavailableException(e.toString());
    }
  }

  private byte[] read(InputStream in) throws IOException, BadImageException {
    byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE));
    if (bytes.length > maxBytes) {
      throw ImageSources.tooLarge(bytes.length, maxBytes);
    }
    if (bytes.length == 0) {
      throw ImageSources.empty();
    }
    return bytes;
  }

  private static Path path(URI uri) {
    if (!"file".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("it is no file: URI");
    }
    return Path.of(uri).normalize();
  }
}

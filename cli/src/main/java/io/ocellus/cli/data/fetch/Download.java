package io.ocellus.cli.data.fetch;

import io.ocellus.cli.data.DataSetException;
import io.ocellus.service.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import me.tongfei.progressbar.ProgressBar;

/**
 * Fetches a large file whose checksum is known. What has come is kept in a {@code .part} file, from
 * whose end it goes on: after a broken connection at once, after a kill at the next start.
 */
final class Download {
  private static final int PATIENCE = 4;
  private static final int CONNECT_MILLIS = 15_000;
  private static final int STALL_MILLIS = 60_000;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final URI uri;
  private final String md5;
  private final Proxies proxies;

  Download(URI uri, String md5, Proxies proxies) {
    this.uri = uri;
    this.md5 = md5;
    this.proxies = proxies;
  }

  /** Does nothing where the whole file is there already. */
  void to(Path file, ProgressBar bar) throws IOException {
    if (Files.exists(file) && md5(file).equals(md5)) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    fill(part, bar);
    check(part);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Tries again as long as an attempt brings something; what never begins is given up at once. */
  private void fill(Path part, ProgressBar bar) {
    boolean begun = false;
    for (int fruitless = 0; fruitless < PATIENCE; ) {
      long before = length(part);
      try {
        append(part, bar);
        return;
      } catch (IOException e) {
        boolean progress = length(part) > before;
        begun |= progress;
        fruitless = progress ? 0 : fruitless + 1;
        if (!begun || fruitless == PATIENCE) {
          throw failed(e);
        }
        pause(PAUSES.after(fruitless + 1));
      }
    }
  }

  private DataSetException failed(IOException cause) {
    return new DataSetException(
        ("%s cannot be fetched; behind a proxy set https_proxy, or fetch it elsewhere and say --npz"
                + " FILE. What has come is kept")
            .formatted(uri),
        cause);
  }

  private static long length(Path file) {
    return file.toFile().length();
  }

  private void append(Path part, ProgressBar bar) throws IOException {
    long have = length(part);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(proxies.to(uri));
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(STALL_MILLIS);
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=%s-".formatted(have));
    }
    try {
      int status = connection.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE) {
        return;
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw refused(status);
      }
      long from = status == HttpURLConnection.HTTP_PARTIAL ? have : 0;
      copy(connection, part, from, bar);
    } finally {
      connection.disconnect();
    }
  }

  private void copy(HttpURLConnection connection, Path part, long from, ProgressBar bar)
      throws IOException {
    long length = connection.getContentLengthLong();
    long total = length < 0 ? -1 : from + length;
    bar.maxHint(total);
    bar.stepTo(from);
    StandardOpenOption mode =
        from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    byte[] buffer = new byte[1 << 16];
    long at = from;
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        at += read;
        bar.stepTo(at);
      }
    }
    if (total >= 0 && at < total) {
      throw new IOException("The connection ended after %,d of %,d bytes".formatted(at, total));
    }
  }

  private DataSetException refused(int status) throws IOException {
    String message = "%s answers with status %d".formatted(uri, status);
    if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      throw new IOException(message);
    }
    return new DataSetException(message);
  }

  private void check(Path part) throws IOException {
    String found = md5(part);
    if (!found.equals(md5)) {
      Files.delete(part);
      throw new DataSetException(
          "What came from %s has the checksum %s, not %s; it was thrown away"
              .formatted(uri, found, md5));
    }
  }

  /** The file's MD5, in hexadecimal digits. */
  static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no MD5", e);
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted", e));
    }
  }
}

package io.ocellus.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What must be shown, as {@code Authorization: Bearer TOKEN} (RFC 6750), by whoever asks a service
 * to change something.
 */
public final class HttpToken {
  /** Where a token lies that the service has chosen itself, in its state folder. */
  public static final String FILE = "http-token";

  private static final int BYTES = 24;
  private static final String SCHEME = "Bearer ";

  private final String token;

  private HttpToken(String token) {
    this.token = token;
  }

  /**
   * The configured one; where there is none, one that was chosen at random at the first start and
   * lies in the folder, for its owner alone to read.
   *
   * @param configured empty for none
   * @param folder exists, or is created
   */
  public static HttpToken of(String configured, Path folder) {
    return new HttpToken(configured.isBlank() ? kept(folder) : configured.strip());
  }

  private static String kept(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (Files.notExists(file)) {
        create(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be used; set http.token, or look after that file".formatted(file), e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    try {
      PrivateFile.create(file, HexFormat.of().formatHex(random) + "\n");
    } catch (FileAlreadyExistsException e) {
      // another start was faster; its token counts
    }
  }

  /** Whether that {@code Authorization} header shows it; null for no header. */
  boolean isShownBy(String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}

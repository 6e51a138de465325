package io.ocellus.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One key as text (RFC 7468): base64 between a line that says what it is and its counterpart. */
final class Pem {
  private static final Pattern FORM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String text(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }

  /**
   * The content of the file's first block.
   *
   * @throws KeyFileException where there is none of that label; it shows nothing of the content
   */
  static byte[] read(Path file, String label) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new KeyFileException("The key file %s cannot be read: %s".formatted(file, e), e);
    }
    Matcher block = FORM.matcher(text);
    if (!block.find()) {
      throw new KeyFileException("%s is no PEM file".formatted(file), null);
    }
    if (!block.group(1).equals(label)) {
      throw new KeyFileException(
          "%s holds a %s, and a %s is wanted".formatted(file, block.group(1), label), null);
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw new KeyFileException("%s is no PEM file: %s".formatted(file, e.getMessage()), e);
    }
  }
}

package io.ocellus.image;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The accepted encodings, told apart by their first bytes and never by what a header claims. */
@SuppressWarnings("ImmutableEnumChecker") // its list is immutable
public enum ImageFormat {
  JPEG("JPEG", "image/jpeg", "\u00ff\u00d8\u00ff"),
  PNG("PNG", "image/png", "\u0089PNG\r\n\u001a\n"),
  GIF("GIF", "image/gif", "GIF8?a"),
  BMP("BMP", "image/bmp", "BM"),
  TIFF("TIFF", "image/tiff", "II*\0", "MM\0*", "II+\0\10\0\0\0", "MM\0+\0\10\0\0"),
  WEBP("WebP", "image/webp", "RIFF????WEBP");

  private final String label;
  private final String contentType;
  private final List<String> magics;

  ImageFormat(String label, String contentType, String... magics) {
    this.label = label;
    this.contentType = contentType;
    this.magics = List.of(magics);
  }

  /** The format that these bytes begin like, if any. */
  public static Optional<ImageFormat> of(byte[] bytes) {
    return Stream.of(values())
        .filter(format -> format.magics.stream().anyMatch(magic -> begins(bytes, magic)))
        .findFirst();
  }

  /** Its media type, as the {@code content-type} header of a record names it. */
  public String contentType() {
    return contentType;
  }

  /** Its name for people and for ImageIO. */
  String label() {
    return label;
  }

  private static boolean begins(byte[] bytes, String magic) {
    if (bytes.length < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if (magic.charAt(i) != '?' && magic.charAt(i) != (bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}

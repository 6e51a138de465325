package io.ocellus.benchmarks.serve;

/**
 * What is classified, by which network.
 *
 * @param network a name of the catalogue
 * @param size width and height of its input and of the made-up images, in pixels
 * @param format of the made-up images: {@code jpeg} or {@code png}
 */
record Input(String network, int size, String format) {
  Input {
    if (!format.equals("jpeg") && !format.equals("png")) {
      throw new IllegalArgumentException("Images can be jpeg or png, not " + format);
    }
  }

  /** As {@code se-densenet-121:224:jpeg} says it. */
  static Input of(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "'%s' is not of the form NETWORK:SIZE:FORMAT, such as se-densenet-121:224:jpeg"
              .formatted(text));
    }
    return new Input(parts[0], Integer.parseInt(parts[1]), parts[2]);
  }
}

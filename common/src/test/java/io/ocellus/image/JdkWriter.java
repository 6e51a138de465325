package io.ocellus.image;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;

/** ImageIO's writers of the JDK: other libraries' have no tiles and other names of compression. */
final class JdkWriter {
  private JdkWriter() {}

  static ImageWriter of(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
        return writer;
      }
    }
    throw new IllegalStateException("The JDK has no writer of " + format);
  }
}

package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Small images in as many dialects of the formats as their decoders know: what Pillow wrote, and by
 * ImageIO what Pillow does not write.
 */
final class FuzzCorpus {
  private static final List<String> DIALECTS =
      List.of(
          "animated.gif",
          "animated.webp",
          "bilevel.bmp",
          "bilevel.png",
          "cmyk.tif",
          "float.tif",
          "grey16.tif",
          "group3.tif",
          "group4.tif",
          "jpeg.tif",
          "packbits.tif",
          "palette.tif",
          "profile.jpg",
          "profile.webp",
          "sampled.jpg");

  /** Of {@link PillowTest}. */
  private static final List<String> ODD =
      List.of(
          "lab.tif",
          "o-xmp-z.png",
          "o-ztxt.png",
          "off-bg7-t7.gif",
          "rgb-bigtiff.tif",
          "rgba-assoc.tif",
          "rgb16-deflate-pred.tif",
          "zycc-22.tif");

  private FuzzCorpus() {}

  /** By name. */
  static Map<String, byte[]> images() {
    Map<String, byte[]> images = new TreeMap<>();
    Stream.of(SampleImages.EXACT, SampleImages.LOSSY, SampleImages.GREY, SampleImages.HELD)
        .flatMap(List::stream)
        .forEach(name -> images.put(name, SampleImages.bytes(name)));
    DIALECTS.forEach(name -> images.put(name, SampleImages.bytes("more/" + name)));
    ODD.forEach(name -> images.put(name, SampleImages.bytes("pillow/" + name)));
    images.put(
        "interlaced.png",
        written("png", p -> p.setProgressiveMode(ImageWriteParam.MODE_DEFAULT), false));
    images.put("rle.bmp", written("bmp", p -> compressed(p, "BI_RLE8"), true));
    images.put("tiled.tif", written("tiff", p -> tiled(p, "Deflate"), false));
    images.put("tiled-jpeg.tif", written("tiff", p -> tiled(p, "JPEG"), false));
    return images;
  }

  static List<byte[]> bytes() {
    return new ArrayList<>(images().values());
  }

  private static void compressed(ImageWriteParam parameters, String type) {
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType(type);
  }

  private static void tiled(ImageWriteParam parameters, String compression) {
    compressed(parameters, compression);
    parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setTiling(16, 16, 0, 0);
  }

  private static byte[] written(String format, Consumer<ImageWriteParam> how, boolean withPalette) {
    BufferedImage image =
        new BufferedImage(
            24, 20, withPalette ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB);
    image.createGraphics().fillOval(2, 2, 15, 12);
    ImageWriter writer = JdkWriter.of(format);
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    how.accept(parameters);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

package io.ocellus.benchmarks.parts;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageLimits;
import io.ocellus.image.Pixels;
import io.ocellus.testbed.SyntheticImages;
import java.awt.image.BufferedImage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From bytes to a network's input: decoding, and what comes after it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ImageBenchmark {
  /** Format, width and height of the image, width and height of the network's input. */
  @Param({"png:32:32", "jpeg:224:224", "jpeg:1024:224", "jpeg:3464:224"})
  public String image;

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(20_000_000, 50_000_000));
  private byte[] encoded;
  private BufferedImage decoded;
  private Framing framing;

  /** Makes the image. */
  @Setup
  public void make() throws BadImageException {
    String[] parts = image.split(":", -1);
    SyntheticImages images = new SyntheticImages(Integer.parseInt(parts[1]), 1);
    String label = images.classes().get(0);
    encoded = parts[0].equals("png") ? images.png(label, 1) : images.jpeg(label, 1);
    decoded = decoder.decode(encoded);
    framing = Framing.stretch(Integer.parseInt(parts[2]));
  }

  @Benchmark
  public BufferedImage decode() throws BadImageException {
    return decoder.decode(encoded);
  }

  /** For a network: a large JPEG is scaled on the way. */
  @Benchmark
  public BufferedImage decodeScaled() throws BadImageException {
    return decoder.decode(encoded, framing);
  }

  @Benchmark
  public byte[] resize() {
    return Pixels.levels(decoded, framing);
  }
}

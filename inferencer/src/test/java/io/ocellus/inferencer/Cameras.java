package io.ocellus.inferencer;

import io.ocellus.testbed.SyntheticImages;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Devices that send an image in turn, again and again, of which one in fifty is none.
 *
 * @param size of the images in pixels
 * @param enough when it is true they stop
 * @param sent counts what they sent
 */
record Cameras(Stream stream, int size, AtomicBoolean enough, AtomicInteger sent)
    implements Runnable {
  private static final int DEVICES = 6;

  @Override
  public void run() {
    SyntheticImages synthetic = new SyntheticImages(size, 7);
    byte[] image = synthetic.png(synthetic.classes().get(0), 1);
    byte[] text = synthetic.broken(SyntheticImages.Broken.TEXT);
    while (!enough.get()) {
      for (int device = 0; device < DEVICES; device++) {
        int number = sent.incrementAndGet();
        stream.send("camera-" + device, number % 50 == 0 ? text : image);
      }
      Pause.of(Duration.ofMillis(30));
    }
  }
}

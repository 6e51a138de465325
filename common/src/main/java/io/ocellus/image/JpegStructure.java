package io.ocellus.image;

import javax.imageio.IIOException;

/**
 * Bounds the number of scans of a JPEG. Each scan of a progressive image costs a pass over all its
 * coefficients, so that a small file with thousands of them would keep a thread busy for minutes;
 * encoders write about ten.
 */
final class JpegStructure {
  private static final int MAX_SCANS = 100;

  private JpegStructure() {}

  static void check(byte[] bytes) throws IIOException {
    int scans = 0;
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == (byte) 0xda && bytes[i - 1] == (byte) 0xff && ++scans > MAX_SCANS) {
        throw new IIOException("more than " + MAX_SCANS + " scans");
      }
    }
  }
}

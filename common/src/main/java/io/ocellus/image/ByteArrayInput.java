package io.ocellus.image;

import io.ocellus.image.guard.Budget;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Gives a decoder its bytes without copying them for as long as the budget lasts, and loses
 * patience with one that goes on reading after their end: some take every missing byte for zero and
 * would do so for hours. Its length stays unknown, because the TIFF decoder forgives a truncated
 * file whose length it knows.
 */
final class ByteArrayInput extends ImageInputStreamImpl {
  private static final int PATIENCE = 1000;

  private final byte[] bytes;
  private final Budget budget;
  private int readsPastEnd;

  ByteArrayInput(byte[] bytes, Budget budget) {
    this.bytes = bytes;
    this.budget = budget;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return atEnd() ? -1 : bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  private boolean atEnd() {
    budget.check();
    if (streamPos < bytes.length) {
      return false;
    }
    if (++readsPastEnd > PATIENCE) {
      throw new IllegalStateException("the data ends too early");
    }
    return true;
  }
}

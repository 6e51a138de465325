package io.ocellus.trainer.augment;

import io.ocellus.image.Pixels;
import java.util.Arrays;

/** A square picture that is being changed: RGB in [0,1], channels first. */
public final class Picture {

  private final int size;
  private final float[] blank;
  private float[] values;
  private float[] spare;

  /**
   * A black picture.
   *
   * @param size width and height
   * @param blank red, green and blue of what is erased: the normalisation's means, which are zeros
   *     to the network
   */
  public Picture(int size, float... blank) {
    this.size = size;
    this.blank = blank.clone();
    this.values = new float[3 * size * size];
    this.spare = new float[values.length];
  }

  /** Becomes the picture of these planes of unsigned bytes. */
  public void load(byte[] levels) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Pixels.value(levels[i]);
    }
  }

  public int size() {
    return size;
  }

  /** Its values, to be read and written: red, green, then blue rows. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public float[] values() {
    return values;
  }

  int plane() {
    return size * size;
  }

  float blank(int channel) {
    return blank[channel];
  }

  /** Takes each pixel from another place; what comes from outside is black. */
  void move(IntMove columns, IntMove rows) {
    for (int y = 0; y < size; y++) {
      int fromY = rows.from(y);
      for (int x = 0; x < size; x++) {
        int fromX = columns.from(x);
        boolean inside = fromX >= 0 && fromX < size && fromY >= 0 && fromY < size;
        for (int to = y * size + x, at = fromY * size + fromX;
            to < values.length;
            to += plane(), at += plane()) {
          spare[to] = inside ? values[at] : 0;
        }
      }
    }
    swap();
  }

  /**
   * Takes each pixel from between others, bilinearly; what comes from outside is black.
   *
   * @param source where the pixel comes from; pixel centres are whole numbers
   */
  void resample(Source source) {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double fromX = source.x(x, y);
        double fromY = source.y(x, y);
        int left = (int) Math.floor(fromX);
        int top = (int) Math.floor(fromY);
        float right = (float) (fromX - left);
        float below = (float) (fromY - top);
        for (int channel = 0; channel < 3; channel++) {
          float upper = mix(at(channel, left, top), at(channel, left + 1, top), right);
          float lower = mix(at(channel, left, top + 1), at(channel, left + 1, top + 1), right);
          spare[channel * plane() + y * size + x] = mix(upper, lower, below);
        }
      }
    }
    swap();
  }

  /** Fills a rectangle with what counts as nothing. */
  void erase(int left, int top, int width, int height) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = top; y < top + height; y++) {
        int row = channel * plane() + y * size + left;
        Arrays.fill(values, row, row + width, blank[channel]);
      }
    }
  }

  private float at(int channel, int x, int y) {
    return x >= 0 && x < size && y >= 0 && y < size ? values[channel * plane() + y * size + x] : 0;
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private void swap() {
    float[] changed = spare;
    spare = values;
    values = changed;
  }

  /** Where a row or a column comes from. */
  @FunctionalInterface
  interface IntMove {
    int from(int to);
  }

  /** Where a pixel comes from. */
  interface Source {
    double x(int x, int y);

    double y(int x, int y);
  }
}

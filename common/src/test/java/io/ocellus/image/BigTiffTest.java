package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.failure.FailureReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The right pixels of BigTIFF are {@link PillowTest}'s; here are the wrong numbers. */
class BigTiffTest {
  private static final String NAME = "pillow/rgb-bigtiff.tif";
  private static final int WIDTH = 256;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 1_000_000})
  void aDirectoryBeyondTheFileIsRefused(long offset) {
    assertRefused(file().putLong(8, offset));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, 1L << 40})
  void aDirectoryOfCountlessEntriesIsRefused(long entries) {
    ByteBuffer file = file();
    assertRefused(file.putLong((int) file.getLong(8), entries));
  }

  @ParameterizedTest
  @CsvSource({
    "256, -1",
    "256, 9223372036854775807",
    "273, -1",
    "273, 4294967296",
    "273, 1000000",
    "279, -1",
    "279, 4294967297",
    "279, 1000000"
  })
  void aNumberThatNothingCanHaveIsRefused(int tag, long number) {
    ByteBuffer file = file();
    int entry = entry(file, tag);
    assertRefused(
        file.putShort(entry + 2, (short) 16).putLong(entry + 4, 1).putLong(entry + 12, number));
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDTH, STRIP_OFFSETS, STRIP_BYTES})
  void countlessValuesAreRefused(int tag) {
    for (long count : new long[] {-1, Long.MAX_VALUE, 1L << 61, 1 << 28}) {
      ByteBuffer file = file();
      assertRefused(file.putLong(entry(file, tag) + 4, count));
    }
  }

  @Test
  void whatIsCutOffAnywhereIsRefused() {
    byte[] whole = SampleImages.bytes(NAME);
    for (int length = 16; length < whole.length; length++) {
      assertRefused(ByteBuffer.wrap(Arrays.copyOf(whole, length)));
    }
  }

  private static ByteBuffer file() {
    return ByteBuffer.wrap(SampleImages.bytes(NAME)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int entry(ByteBuffer file, int tag) {
    int entry = (int) file.getLong(8) + 8;
    while ((file.getShort(entry) & 0xffff) != tag) {
      entry += 20;
    }
    return entry;
  }

  private void assertRefused(ByteBuffer file) {
    byte[] bytes = new byte[file.capacity()];
    file.get(0, bytes);
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            BadImageException.class,
            e ->
                assertThat(e.reason())
                    .isIn(FailureReason.UNDECODABLE, FailureReason.TOO_MANY_PIXELS));
  }
}

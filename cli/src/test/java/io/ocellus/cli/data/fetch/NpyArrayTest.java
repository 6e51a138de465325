package io.ocellus.cli.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyArrayTest {
  private static NpyArray read(String header, int... data) throws IOException {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return new NpyArray(new ByteArrayInputStream(Npz.array(header, bytes)));
  }

  @ParameterizedTest
  @CsvSource({"|u1, 1, 254", "|i1, 1, -2", "<u2, 65281, -1", "<i2, -255, -1", ">u2, 511, -1"})
  void wholeNumbersOfAnyWidthAreRead(String type, long first, long second) throws IOException {
    int[] data = type.endsWith("1") ? new int[] {1, 254} : new int[] {1, 255, 255, 255};
    try (NpyArray array = read(Npz.header(type, "(2, 1)"), data)) {
      assertThat(array.nextNumbers()).containsExactly(first);
      if (second != -1) {
        assertThat(array.nextNumbers()).containsExactly(second);
      }
    }
  }

  @Test
  void rowsComeOneByOne() throws IOException {
    try (NpyArray array = read(Npz.header("|u1", "(2, 1, 3)"), 1, 2, 3, 4, 5, 6)) {
      assertThat(array.shape()).containsExactly(2, 1, 3);
      assertThat(array.nextRow()).containsExactly(1, 2, 3);
      assertThat(array.nextRow()).containsExactly(4, 5, 6);
      assertThatThrownBy(array::nextRow).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void theFileEndsTooEarly() throws IOException {
    try (NpyArray array = read(Npz.header("|u1", "(1000000000, 2000000000)"), 1)) {
      assertThatThrownBy(array::nextRow).hasMessageContaining("ends too early");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999,), }",
        "nothing"
      })
  void whatIsNoArrayOfWholeNumbersInRowsIsRefused(String header) {
    assertThatThrownBy(() -> read(header, 1, 2, 3, 4)).isInstanceOf(IOException.class);
  }
}

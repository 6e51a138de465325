package io.ocellus.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles in Latin-1, so that each opcode can be read. */
class PickleTest {
  private static final String FLOATS = "(U\7storagectorch\nFloatStorage\nU\1kU\3cpuK\4tQ";
  private static final String REBUILD = "ctorch._utils\n_rebuild_tensor\n";

  @Test
  void readsNumbersTextAndContainers() throws IOException {
    assertThat(read("\u0080\2]q\0(K\7M\1\2J\u00ff\u00ff\u00ff\u00ff\u008a\1\u0080N\u0088e."))
        .isEqualTo(Arrays.asList(7L, 513L, -1L, -128L, null, true));
    assertThat(read("\u008a\11\1\0\0\0\0\0\0\0\1."))
        .isEqualTo(BigInteger.TWO.pow(64).add(BigInteger.ONE));
    assertThat(read("}U\1aG?\u00f0\0\0\0\0\0\0s.")).isEqualTo(Map.of("a", 1.0));
    assertThat(read("K\1K\2\u0086.")).isEqualTo(new Tuple(List.of(1L, 2L)));
  }

  @Test
  void readsATensorAsAView() throws IOException {
    TensorRef tensor = (TensorRef) read(REBUILD + "(" + FLOATS + "K\1K\2K\1\u0086K\1K\2\u0086tR.");
    assertThat(tensor.tensor(new float[] {5, 6, 7, 8}).values()).containsExactly(6, 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          cposix~system~(U@2idtR. | Python object posix.system
          cbuiltins~eval~. | Python object builtins.eval
          cmodels~Net~)@129. | Python object models.Net
          iposix~system~. | opcode 0x69
          ccollections~OrderedDict~)@129. | opcode 0x81
          U@5posixU@6system@147. | Python object posix.system
          ccollections~OrderedDict~(]tR. | OrderedDict is made from arguments
          ]}b. | sets the state of a Python object
          ]]]s. | LinkedHashMap is missing
          ]K@1K@2s. | LinkedHashMap is missing
          }]K@1s. | neither text nor number
          }(K@1u. | without a value
          h@1. | remembers
          )K@1a. | no list
          t. | never began
          . | never gave
          P | opcode 0x50
          """)
  void whatIsNoStateDictIsRefused(String pickle, String message) {
    assertThatThrownBy(() -> read(unescape(pickle)))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "K@1, K@4, K@1", // one too far
    "K@0, K@5, K@1", // one too many
    "K@0, K@4, K@0K@0", // strides for two dimensions
    "K@0, J@255@255@255@127, K@0", // expanded: a bomb
    "J@255@255@255@255, K@1, K@1" // before the first
  })
  void aViewBeyondItsStorageIsRefused(String offset, String shape, String strides) {
    String pickle = REBUILD + "(" + FLOATS + offset + "(" + shape + "t(" + strides + "ttR.";
    assertThatThrownBy(() -> read(unescape(pickle)))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("does not fit its storage of 4 elements");
  }

  @Test
  void aTextThatSaysItIsHugeIsNotAllocated() {
    assertThatThrownBy(() -> read("X\u00ff\u00ff\u00ff\u007fabc."))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("larger than 8 MiB");
    assertThatThrownBy(() -> read("X\u00ff\u00ff\0\0abc.")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("]".repeat(9 << 20)))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("larger than 8 MiB");
  }

  private static String unescape(String text) {
    return Pattern.compile("@(\\d+)")
        .matcher(text.replace('~', '\n'))
        .replaceAll(match -> Character.toString((char) Integer.parseInt(match.group(1))));
  }

  private static Object read(String pickle) throws IOException {
    return Pickle.read(new ByteArrayInputStream(pickle.getBytes(StandardCharsets.ISO_8859_1)));
  }
}

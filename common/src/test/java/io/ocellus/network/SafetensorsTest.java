package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void countersAreIntegerScalarsAndEverythingIsAligned() throws IOException {
    Path file = write();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{'__metadata__':{'format':'pt'},'w':{'dtype':'F32','shape':[3],'data_offsets':[8,20]},"
                    .replace('\'', '"')
                + "'n.num_batches_tracked':{'dtype':'I64','shape':[],'data_offsets':[0,8]}}"
                    .replace('\'', '"'));
    assertThat(header.length % 8).isZero();
    assertThat(bytes.getLong()).isEqualTo(7);
    assertThat(bytes.getFloat()).isEqualTo(1.5f);
  }

  @Test
  void namesOfClassesTravelInTheHeader() {
    StateDict weights = new StateDict(Map.of("w", new Tensor(new long[] {1}, new float[] {1})));
    Path file = folder.resolve("named.safetensors");
    List<String> classes = List.of("Öl, \"leicht\"", "owl");

    Safetensors.write(weights, classes, file);

    assertThat(Safetensors.classes(file)).isEqualTo(classes);
    assertThat(Safetensors.read(file).entries().keySet()).containsExactly("w");
    Safetensors.write(weights, file);
    assertThat(Safetensors.classes(file)).isEmpty();
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write());
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(cut))
          .as("cut at %d", length)
          .isInstanceOf(MalformedWeightsException.class)
          .hasMessageContaining("cut is no safetensors file: ");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
  void aHeaderLengthThatCannotBeIsRefused(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(write());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("hostile"), bytes);
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(MalformedWeightsException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [] | no JSON object
          {"w" | no JSON
          {} {} | no JSON
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate
          {"w":1} | values of type
          {"w":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}} | values of type 'F8'
          {"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | cannot be at
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | cannot be at
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | cannot be at
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}} | begins at 8
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | take 4 bytes
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | begins at 4
          {"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | not a list of whole numbers
          {"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | not a list of whole numbers
          {"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}} | not a list of whole numbers
          {"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}} | too large
          {"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | not a list of whole numbers
          {} | take 0 bytes
          """)
  void aHeaderThatLiesIsRefused(String header, String message) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    Path file = Files.write(folder.resolve("hostile"), bytes.array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(MalformedWeightsException.class)
        .hasMessageContaining(message);
  }

  private Path write() {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    entries.put("w", new Tensor(new long[] {3}, new float[] {1.5f, -2, 3}));
    entries.put("n.num_batches_tracked", new Tensor(new long[0], new float[] {7}));
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(new StateDict(entries), file);
    return file;
  }
}

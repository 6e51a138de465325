package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointKeyTest {
  @Test
  void readsWhatItWrites() {
    CheckpointKey chunk = CheckpointKey.chunk("birds", 12, "model.pt", 3);
    CheckpointKey manifest = CheckpointKey.manifest("birds", 12);

    assertThat(chunk).hasToString("birds/12/model.pt/3");
    assertThat(manifest).hasToString("birds/12");
    assertThat(CheckpointKey.parse(chunk.bytes())).contains(chunk);
    assertThat(CheckpointKey.parse(manifest.bytes())).contains(manifest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "birds",
        "birds/0",
        "birds/-1",
        "birds/01",
        "birds/99999999999",
        "birds/1/model.pt",
        "birds/1/../0",
        "birds/1/.hidden/0",
        "birds/1/a\\b/0",
        "birds/1/model.pt/0/1",
        "../1/model.pt/0",
        "birds/1/model.pt/0\n"
      })
  void isNoKey(String text) {
    assertThat(CheckpointKey.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}

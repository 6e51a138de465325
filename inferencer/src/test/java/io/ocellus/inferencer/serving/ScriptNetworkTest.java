package io.ocellus.inferencer.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.RefusedCheckpointException;
import io.ocellus.checkpoint.Signer;
import io.ocellus.inferencer.TestModel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptNetworkTest {
  @TempDir Path folder;

  @Test
  void anImageGetsTheSameLogitsAloneAndInABatch() throws Exception {
    try (ScriptNetwork network = load()) {
      byte[] image = new byte[3 * 32 * 32];
      image[5] = (byte) 255;
      float[] alone = network.logits(List.of(image))[0];
      float[][] batch = network.logits(List.of(new byte[3 * 32 * 32], image));
      assertThat(alone).hasSize(3);
      for (int i = 0; i < alone.length; i++) {
        assertThat(batch[1][i]).isCloseTo(alone[i], within(1e-4f));
      }
    }
  }

  @Test
  void aClosedNetworkLeavesNoArrayBehind() throws Exception {
    load().close();
    int before = hangingOnRoot();
    for (int i = 0; i < 5; i++) {
      try (ScriptNetwork network = load()) {
        network.logits(Collections.nCopies(4, new byte[3 * 32 * 32]));
      }
    }
    assertThat(hangingOnRoot()).isEqualTo(before);
  }

  @Test
  void whatIsNoNetworkIsAnErrorThatLeavesNothingBehind() throws Exception {
    Manifest manifest = TestModel.of(32, "cat", "dog").draft();
    Files.writeString(folder.resolve(Checkpoint.MODEL), "no network");
    refuse(manifest);
    int before = hangingOnRoot();
    refuse(manifest);
    assertThat(hangingOnRoot()).isEqualTo(before);
  }

  @Test
  void aGraphFromElsewhereIsLoadedOnlyWhereSomebodyTrustedHasSignedIt() throws Exception {
    Manifest manifest = TestModel.of(32, "cat", "dog", "owl").write(folder);
    rewrite(folder.resolve(Checkpoint.MODEL), "torch.sigmoid(", "torch.tanh(");
    Checkpoint anyones = new Checkpoint(manifest, folder);

    assertThatThrownBy(() -> ScriptNetwork.load(anyones, Device.cpu()).close())
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("foreign-graph")
        .hasMessageContaining("it calls torch.tanh");
    try (ScriptNetwork network = ScriptNetwork.load(signed(anyones, true), Device.cpu())) {
      assertThat(network.logits(List.of(new byte[3 * 32 * 32]))[0]).hasSize(3);
    }
    assertThatThrownBy(() -> ScriptNetwork.load(signed(anyones, false), Device.cpu()).close())
        .hasMessageContaining("foreign-graph");
  }

  private static Checkpoint signed(Checkpoint checkpoint, boolean trusted) {
    return new Checkpoint(
        checkpoint.manifest(),
        checkpoint.directory(),
        checkpoint.published(),
        Optional.of(new Signer("0123456789abcdef", trusted)));
  }

  private void rewrite(Path archive, String before, String after) throws IOException {
    Path whole = folder.resolve("before.pt");
    Files.move(archive, whole);
    try (ZipFile zip = new ZipFile(whole.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(
            entry.getName().endsWith(".py")
                ? new String(content, UTF_8).replace(before, after).getBytes(UTF_8)
                : content);
      }
    }
  }

  private void refuse(Manifest manifest) {
    assertThatThrownBy(
            () -> ScriptNetwork.load(new Checkpoint(manifest, folder), Device.cpu()).close())
        .isInstanceOf(Exception.class);
  }

  private ScriptNetwork load() throws Exception {
    Manifest manifest = TestModel.of(32, "cat", "dog", "owl").write(folder);
    return ScriptNetwork.load(new Checkpoint(manifest, folder), Device.cpu());
  }

  /** Managers and arrays that hang on PyTorch's root. */
  private static int hangingOnRoot() throws ReflectiveOperationException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Field resources = BaseNDManager.class.getDeclaredField("resources");
      resources.setAccessible(true);
      return ((Map<?, ?>) resources.get(manager.getParentManager())).size();
    }
  }
}

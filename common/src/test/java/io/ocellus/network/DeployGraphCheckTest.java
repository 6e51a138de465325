package io.ocellus.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployGraphCheckTest {
  private static final String SOURCE = "model/code/__torch__.py";
  private static final String OBJECT = "model/data.pkl";

  @TempDir Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeEach
  void ours() throws IOException {
    Network network =
        Networks.create(
            new NetworkSpec(
                "se-densenet-light", 3, Map.of("block-config", "1,1", "growth-rate", "4")));
    Path file = folder.resolve("ours.pt");
    TorchScript.write(network, FormulaWeights.of(network), Normalization.IMAGENET, file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    assertThat(DeployGraphCheck.complaint(file)).isEmpty();
    assertThat(complaint()).isEmpty();
  }

  /** Lines that PyTorch would compile and run, in place of the graph's first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          '    x0 = torch.from_file("/etc/passwd", False, 8)'; torch.from_file
          '    x0 = torch.save(images, "/tmp/x")'; torch.save
          '    x0 = torch.relu(images, "/tmp/x")'; /tmp/x
          '    x0 = ops.aten.relu(images)'; ops.aten.relu
          '    x0 = __torch__.torch.classes.other.Thing()'; __torch__
          '    x0 = torch.relu(self.forward(images))'; self.forward
          '    while True:'; while True
          '    print("hello")'; print
          '    import os'; import os
          """)
  void codeBeyondTensorOperationsIsForeign(String line, String said) throws IOException {
    source(text -> text.replaceFirst("    x0 = .*", line));
    assertThat(complaint()).contains(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n  def __setstate__(self: __torch__.Network,\n    x: Tensor) -> NoneType:\n",
        "\nclass Other(Module):\n",
        "op_version_set = 1\n"
      })
  void codeAfterTheMethodIsForeign(String more) throws IOException {
    source(text -> text + more);
    assertThat(complaint()).startsWith("it is not a graph that Ocellus writes: its code says");
  }

  @Test
  void anyOtherEntryIsForeign() throws IOException {
    entries.put("model/code/__torch__.py.debug_pkl", new byte[0]);
    assertThat(complaint()).contains("it has an entry code/__torch__.py.debug_pkl");
  }

  @Test
  void anEntryOutsideOfTheFolderIsForeign() throws IOException {
    entries.put("other/data.pkl", new byte[0]);
    assertThat(complaint()).contains("it has an entry other/data.pkl");
  }

  @Test
  void anObjectOfAnotherClassIsForeign() throws IOException {
    object(text -> text.replace("collections\nOrderedDict", "os\nsystem"));
    assertThat(complaint()).contains("its object names os.system");
  }

  @Test
  void anUnknownOpcodeIsForeign() throws IOException {
    object(text -> text.substring(0, text.length() - 1) + "\u0093.");
    assertThat(complaint()).contains("opcode 0x93");
  }

  @Test
  void anObjectThatEndsTooEarlyIsForeign() throws IOException {
    object(text -> text.substring(0, text.length() / 2));
    assertThat(complaint()).contains("ends too early");
  }

  @Test
  void constantsAreForeign() throws IOException {
    entries.put("model/constants.pkl", new byte[] {(byte) 0x80, 2, 'N', '.'});
    assertThat(complaint()).contains("it has constants");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    entries.remove(OBJECT);
    assertThat(complaint()).contains("it lacks one of", "data.pkl");
  }

  @Test
  void whatIsNoArchiveIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "no zip");
    assertThatThrownBy(() -> DeployGraphCheck.complaint(file)).isInstanceOf(IOException.class);
  }

  private void source(UnaryOperator<String> change) {
    entries.compute(SOURCE, (k, old) -> change.apply(new String(old, UTF_8)).getBytes(UTF_8));
  }

  private void object(UnaryOperator<String> change) {
    entries.compute(
        OBJECT, (k, old) -> change.apply(new String(old, ISO_8859_1)).getBytes(ISO_8859_1));
  }

  private String complaint() throws IOException {
    Path file = folder.resolve("changed.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return DeployGraphCheck.complaint(file).orElse("");
  }
}

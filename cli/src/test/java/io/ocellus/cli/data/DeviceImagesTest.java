package io.ocellus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceImagesTest {
  private final SyntheticImages made = new SyntheticImages(16, 1);

  @Test
  void madeUpImagesAreTheSameForTheSameSeed() {
    List<byte[]> images = bytes(DeviceImages.synthetic(made, 10, 3), 5);

    assertThat(images).containsExactlyElementsOf(bytes(DeviceImages.synthetic(made, 10, 3), 5));
    assertThat(images).doesNotContain(bytes(DeviceImages.synthetic(made, 15, 3), 1).get(0));
  }

  @Test
  void everyNthIsBrokenAndAllKindsComeInTurn() {
    Iterator<DeviceImage> images =
        DeviceImages.withBroken(DeviceImages.synthetic(made, 0, 1), made, 3);
    List<byte[]> all = bytes(images, 15);

    int at = 2;
    for (Broken kind : Broken.values()) {
      assertThat(all.get(at)).isEqualTo(made.broken(kind));
      at += 3;
    }
  }

  @Test
  void filesComeOverAndOver(@TempDir Path folder) throws IOException {
    Path first = Files.write(folder.resolve("a"), new byte[] {1});
    Path second = Files.write(folder.resolve("b"), new byte[] {2});

    assertThat(bytes(DeviceImages.files(List.of(first, second)), 5))
        .containsExactly(
            new byte[] {1}, new byte[] {2}, new byte[] {1}, new byte[] {2}, new byte[] {1});
  }

  @Test
  void labelsAreKnownWhereTheFolderGivesThem(@TempDir Path folder) throws IOException {
    Path path = Files.write(folder.resolve("a"), new byte[] {1});
    LabelledFile file = new LabelledFile("a", path, "ring", Optional.empty(), Optional.empty());

    assertThat(DeviceImages.labelled(List.of(file)).next().label()).contains("ring");
  }

  private static List<byte[]> bytes(Iterator<DeviceImage> images, long count) {
    List<byte[]> all = new ArrayList<>();
    DeviceImages.limited(images, count).forEachRemaining(image -> all.add(image.bytes()));
    return all;
  }
}

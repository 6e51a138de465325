package io.ocellus.trainer.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static ImageFile image(int number, Optional<Part> part) {
    String label = number % 3 == 0 ? "cat" : "dog";
    String id = label + number;
    return new ImageFile(id, Path.of(id), label, Optional.of(label + "-" + number / 6), part);
  }

  private static List<ImageFile> images() {
    List<ImageFile> images = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      images.add(image(i, Optional.empty()));
    }
    images.add(image(999, Optional.of(Part.TEST)));
    return images;
  }

  private static List<String> held(List<ImageFile> run) {
    return run.stream()
        .filter(i -> i.part().equals(Optional.of(Part.VAL)))
        .map(ImageFile::id)
        .toList();
  }

  @Test
  void everyImageIsHeldOutOnceAndNoGroupStraddles() {
    List<List<ImageFile>> runs = Folds.of(images(), 5);

    Set<String> seen = new HashSet<>();
    for (List<ImageFile> run : runs) {
      assertThat(run).hasSize(120);
      assertThat(held(run)).hasSize(24).allMatch(seen::add);
      assertThat(Division.of(run, 0.2).leftOut()).isEmpty();
    }
    assertThat(seen).hasSize(120);
  }

  @Test
  void needsTwoFoldsAndAGroupForEach() {
    assertThatThrownBy(() -> Folds.of(images(), 1)).hasMessageContaining("two folds or more");
    assertThatThrownBy(() -> Folds.of(images().subList(0, 2), 5))
        .hasMessageContaining("2 groups cannot be dealt to 5 folds");
  }
}

package io.ocellus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final SyntheticImages IMAGES = new SyntheticImages(16, 1);

  @TempDir private Path root;

  @Test
  void classFoldersBecomeLabels() throws IOException {
    image("ring/a.jpg");
    image("cross/deep/b.jpg");

    ImageFolder folder = read();

    assertThat(folder.classes()).containsExactly("cross", "ring");
    assertThat(folder.files())
        .containsExactly(
            new LabelledFile(
                "cross/deep/b.jpg",
                root.resolve("cross/deep/b.jpg"),
                "cross",
                Optional.empty(),
                Optional.empty()),
            new LabelledFile(
                "ring/a.jpg",
                root.resolve("ring/a.jpg"),
                "ring",
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void partsAreKnownByTheirFoldersNames() throws IOException {
    image("train/ring/a.jpg");
    image("Validation/ring/b.jpg");
    image("test/ring/c.jpg");

    ImageFolder folder = read();

    assertThat(folder.classes()).containsExactly("ring");
    assertThat(ids(folder.part(Split.TRAIN))).containsExactly("train/ring/a.jpg");
    assertThat(ids(folder.part(Split.VAL))).containsExactly("Validation/ring/b.jpg");
    assertThat(ids(folder.part(Split.TEST))).containsExactly("test/ring/c.jpg");
  }

  @Test
  void theGroupIsTheFirstCapturingGroupOrTheWholeMatch() throws IOException {
    image("ring/M01_02_03.jpg");

    assertThat(group("^([A-Z]+[0-9]+)_")).contains("M01");
    assertThat(group("^[A-Z]+[0-9]+_[0-9]+")).contains("M01_02");
  }

  @Test
  void aFileThatTheExpressionDoesNotMatchHasNoGroup() throws IOException {
    image("ring/M01_a.jpg");
    image("ring/other.jpg");

    assertThat(read("^(M[0-9]+)_").files())
        .extracting(LabelledFile::group)
        .containsExactly(Optional.of("M01"), Optional.empty());
  }

  @Test
  void anExpressionThatMatchesNothingIsAnError() throws IOException {
    image("ring/a.jpg");

    assertThatThrownBy(() -> read("^patient"))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("'^patient'")
        .hasMessageContaining("a.jpg");
  }

  @Test
  void otherFilesAreSkippedAndNamed() throws IOException {
    image("ring/a.jpg");
    image("ring/.hidden.jpg");
    Files.writeString(root.resolve("ring/notes.jpg"), "no image");
    Files.createFile(root.resolve("ring/nothing.png"));

    ImageFolder folder = read();

    assertThat(folder.files()).hasSize(1);
    assertThat(folder.skipped())
        .containsExactly(
            new SkippedFile(
                root.resolve("ring/notes.jpg"), "it is not JPEG, PNG, GIF, BMP, TIFF or WebP"),
            new SkippedFile(root.resolve("ring/nothing.png"), "it is empty"));
  }

  @Test
  void linksAreFollowedAndThoseThatLeadAwayAreNamed(@TempDir Path elsewhere) throws IOException {
    image("ring/a.jpg");
    Files.write(Files.createDirectory(elsewhere.resolve("cross")).resolve("b.jpg"), jpeg("b"));
    Files.write(elsewhere.resolve("c.jpg"), jpeg("c"));
    Files.createSymbolicLink(root.resolve("cross"), elsewhere.resolve("cross"));
    Files.createSymbolicLink(root.resolve("ring/c.jpg"), elsewhere.resolve("c.jpg"));
    Files.createSymbolicLink(root.resolve("ring/same.jpg"), root.resolve("ring/a.jpg"));

    ImageFolder folder = read();

    assertThat(ids(folder.files()))
        .containsExactly("cross/b.jpg", "ring/a.jpg", "ring/c.jpg", "ring/same.jpg");
    assertThat(folder.skipped()).isEmpty();
    assertThat(folder.notes())
        .containsExactly("Followed 2 links out of %s: cross, ring/c.jpg.".formatted(root));
  }

  @Test
  void linksThatLeadNowhereOrBackAreSkippedAndNamed() throws IOException {
    image("ring/a.jpg");
    image("cross/b.jpg");
    Files.createSymbolicLink(root.resolve("ring/gone.jpg"), root.resolve("nowhere.jpg"));
    Files.createSymbolicLink(root.resolve("ring/loop"), root.resolve("ring"));
    Files.createSymbolicLink(root.resolve("cross/up"), root);
    Files.createSymbolicLink(root.resolve("again"), root);

    ImageFolder folder = read();

    assertThat(ids(folder.files())).containsExactly("cross/b.jpg", "ring/a.jpg");
    assertThat(folder.remarks())
        .containsExactlyInAnyOrder(
            "Skipped %s: broken symbolic link".formatted(root.resolve("ring/gone.jpg")),
            "Skipped %s: symbolic link to a parent folder (a loop)"
                .formatted(root.resolve("ring/loop")),
            "Skipped %s: symbolic link to a parent folder (a loop)"
                .formatted(root.resolve("cross/up")),
            "Skipped %s: symbolic link to a parent folder (a loop)"
                .formatted(root.resolve("again")));
  }

  @Test
  void hiddenFilesThoseOfSystemsAndEmptyClassesAreSaidOnce() throws IOException {
    image("ring/a.jpg");
    image("ring/.hidden.jpg");
    image("ring/.trash/b.jpg");
    Files.createFile(root.resolve("ring/Thumbs.db"));
    Files.createFile(root.resolve(".DS_Store"));
    Files.createFile(root.resolve("README"));
    Files.createDirectory(root.resolve("cross"));

    assertThat(read().remarks())
        .containsExactly(
            "Skipped %s: not in a class folder".formatted(root.resolve("README")),
            "Ignored 4 hidden or system files: .DS_Store, .hidden.jpg, .trash, \u2026.",
            "%s has no image.".formatted(root.resolve("cross")));
  }

  @Test
  void aClassWhoseNameIsComposedHereAndDecomposedThereIsOne() throws IOException {
    image("train/caf\u00e9/a.jpg");
    image("val/cafe\u0301/b.jpg");

    assertThat(read().classes()).containsExactly("caf\u00e9");
  }

  @Test
  void aNameThatTheLocaleCannotSayIsRefused() throws IOException {
    image("ring/a.jpg");
    image("\uFFFD\uFFFD/b.jpg");

    assertProblem(root, "set LC_ALL=C.UTF-8");
  }

  @Test
  void aFolderOfAnotherShapeIsExplained() throws IOException {
    assertProblem(root, "one folder per class");
    assertProblem(root.resolve("nowhere"), "There is no folder");

    image("a.jpg");
    assertProblem(root, "has no folders");

    Files.createDirectory(root.resolve("ring"));
    assertProblem(root, "no image in them");

    Files.createDirectory(root.resolve("train"));
    assertProblem(root, "parts (train) beside other folders (ring)");
  }

  @Test
  void aPartWithoutClassesIsExplained() throws IOException {
    image("train/a.jpg");

    assertProblem(root, "train has no class folders");
  }

  @Test
  void theTestPartIsKeptBackBesideAValPart() throws IOException {
    image("train/ring/a.jpg");
    image("val/ring/b.jpg");
    image("test/ring/c.jpg");

    assertThat(ids(new PartChoice(List.of()).of(read())))
        .containsExactly("train/ring/a.jpg", "val/ring/b.jpg");
    assertThat(ids(new PartChoice(List.of(Split.TEST)).of(read())))
        .containsExactly("test/ring/c.jpg");
  }

  @Test
  void theTestPartIsSentWhereThereIsNoValPart() throws IOException {
    image("train/ring/a.jpg");
    image("test/ring/c.jpg");

    assertThat(ids(new PartChoice(List.of()).of(read())))
        .containsExactly("test/ring/c.jpg", "train/ring/a.jpg");
  }

  @Test
  void partsThatAreNotThereCannotBeChosen() throws IOException {
    image("ring/a.jpg");

    assertThatThrownBy(() -> new PartChoice(List.of(Split.TEST)).of(read()))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("no train, val and test folders");
  }

  private void image(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, jpeg(path));
  }

  private static byte[] jpeg(String name) {
    return IMAGES.jpeg("ring", name.hashCode());
  }

  private ImageFolder read() {
    return ImageFolder.read(root, Optional.empty());
  }

  private ImageFolder read(String groupRegex) {
    return ImageFolder.read(root, Optional.of(Pattern.compile(groupRegex)));
  }

  private Optional<String> group(String regex) {
    return read(regex).files().get(0).group();
  }

  private static List<String> ids(List<LabelledFile> files) {
    return files.stream().map(LabelledFile::id).toList();
  }

  private static void assertProblem(Path folder, String message) {
    assertThatThrownBy(() -> ImageFolder.read(folder, Optional.empty()))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(message);
  }
}

package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.config.ConfigurationException;
import io.ocellus.failure.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReferenceTest {
  private static final byte[] IMAGE = {1, 2, 3};

  @TempDir private Path folder;
  private Path allowed;
  private ImageSources sources;

  @BeforeEach
  void layOut() throws IOException {
    allowed = Files.createDirectory(folder.resolve("images"));
    Files.createDirectory(folder.resolve("images-secret"));
    Files.write(folder.resolve("images-secret/key"), IMAGE);
    Files.write(folder.resolve("secret"), IMAGE);
    Files.write(allowed.resolve("a b.png"), IMAGE);
    Files.write(allowed.resolve("large"), new byte[101]);
    Files.createFile(allowed.resolve("empty"));
    sources = sources(allowed.toUri().toString());
  }

  @Test
  void aValueNeedsNoReference() throws Exception {
    assertThat(sources.bytes(IMAGE, Optional.empty())).isEqualTo(IMAGE);
    assertThat(sources.bytes(IMAGE, Optional.of("file:///etc/passwd"))).isEqualTo(IMAGE);
  }

  @Test
  void aValueThatIsTooLargeIsRefused() {
    assertReason(
        FailureReason.TOO_LARGE_BYTES, () -> sources.bytes(new byte[101], Optional.empty()));
  }

  @Test
  void neitherValueNorReferenceIsEmpty() {
    assertReason(FailureReason.EMPTY, () -> sources.bytes(null, Optional.empty()));
    assertReason(FailureReason.EMPTY, () -> sources.bytes(new byte[0], Optional.empty()));
    assertReason(FailureReason.EMPTY, () -> read(allowed.toUri() + "empty"));
  }

  @Test
  void aFileInTheFolderIsRead() throws Exception {
    assertThat(read(allowed.toUri() + "a%20b.png")).isEqualTo(IMAGE);
    assertThat(read(allowed.toUri() + "x/../a%20b.png")).isEqualTo(IMAGE);
  }

  @Test
  void withoutPrefixesEveryReferenceIsRefused() {
    assertReason(
        FailureReason.REFERENCE_REFUSED,
        () -> sources().bytes(null, Optional.of(allowed.toUri() + "a%20b.png")));
  }

  @Test
  void noWayLeadsOutOfTheFolder() {
    for (String uri :
        List.of(
            folder.resolve("secret").toUri().toString(),
            allowed.toUri() + "../secret",
            allowed.toUri() + "%2e%2e/secret",
            allowed.toUri() + "..%2fsecret",
            allowed.toUri() + "x/../../secret",
            folder.resolve("images-secret/key").toUri().toString(),
            "file://example.com" + allowed + "/a%20b.png",
            "file:a%20b.png",
            allowed.toUri() + "a%00",
            allowed.toUri() + "a%20b.png?x",
            allowed + "/a%20b.png",
            "jar:" + allowed.toUri() + "a.jar!/x",
            "not a uri",
            "")) {
      assertReason(FailureReason.REFERENCE_REFUSED, () -> read(uri));
    }
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    Files.createSymbolicLink(allowed.resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(allowed.resolve("up"), folder);

    assertReason(FailureReason.REFERENCE_REFUSED, () -> read(allowed.toUri() + "link"));
    assertReason(FailureReason.REFERENCE_REFUSED, () -> read(allowed.toUri() + "up/secret"));
  }

  @Test
  void aLinkInsideTheFolderIsFollowed() throws Exception {
    Files.createSymbolicLink(allowed.resolve("link"), allowed.resolve("a b.png"));

    assertThat(read(allowed.toUri() + "link")).isEqualTo(IMAGE);
  }

  @Test
  void whatIsNotAFileIsMissing() {
    assertReason(FailureReason.REFERENCE_MISSING, () -> read(allowed.toUri() + "nothing"));
    assertReason(FailureReason.REFERENCE_MISSING, () -> read(allowed.toUri().toString()));
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    assertReason(FailureReason.TOO_LARGE_BYTES, () -> read(allowed.toUri() + "large"));
  }

  @Test
  void aPrefixOfNoKnownSourceStopsTheStart() {
    assertThatThrownBy(() -> sources("htp://example.com/"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("image.references")
        .hasMessageContaining("Did you mean http?");
    assertThatThrownBy(() -> sources("/mnt/images"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("/mnt/images");
  }

  private byte[] read(String uri) throws BadImageException {
    return sources.bytes(null, Optional.of(uri));
  }

  private static ImageSources sources(String... prefixes) {
    return new ImageSources(
        new ImageSettings(
            100, 1000, Duration.ofSeconds(2), List.of(prefixes), Duration.ofSeconds(1)));
  }

  private static void assertReason(
      FailureReason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            BadImageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}

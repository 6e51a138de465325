package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ocellus.failure.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** References to what never answers: a share whose server is gone, a pipe, a silent resolver. */
@Timeout(60)
class HungFileTest {
  private static final byte[] IMAGE = {1, 2, 3};
  private static final Duration LIMIT = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final CountDownLatch mounted = new CountDownLatch(1);
  private final AtomicInteger opened = new AtomicInteger();
  private URI image;

  @BeforeEach
  void layOut() throws IOException {
    image = Files.write(folder.resolve("a.png"), IMAGE).toUri();
  }

  @AfterEach
  void mount() {
    mounted.countDown();
  }

  @Test
  void aReadThatHangsEndsWithItsTimeAndTheNextOnesFailAtOnce() throws Exception {
    FileImageSource source = new FileImageSource(folder.toUri(), 100, this::hang);
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (int i = 0; i < TimedCalls.MOST_STUCK; i++) {
      reads.add(CompletableFuture.runAsync(() -> assertUnavailable(source, "within 300 ms")));
    }
    reads.forEach(CompletableFuture::join);
    int before = opened.get();

    long began = System.nanoTime();
    assertUnavailable(source, TimedCalls.MOST_STUCK + " earlier attempts");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
    assertThat(opened).hasValue(before);

    mounted.countDown();
    await().untilAsserted(() -> assertThat(source.read(image, LIMIT)).isEqualTo(IMAGE));
  }

  @Test
  void anImageOnAHungShareIsUnavailableWhenItsPatienceIsOver() throws Exception {
    Path pipe = pipe("pipe");
    FileImageSource source = new FileImageSource(folder.toUri(), 100, file -> open(pipe));

    long began = System.nanoTime();
    assertUnavailable(source, "within 300 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    Files.newOutputStream(pipe).close();
  }

  @Test
  void whatIsNoFileIsMissing() throws Exception {
    Path pipe = pipe("pipe");
    ImageSources sources =
        new ImageSources(
            new ImageSettings(
                100,
                1000,
                Duration.ofSeconds(2),
                List.of(folder.toUri().toString(), "file:///dev/"),
                Duration.ofSeconds(2)));

    for (URI uri : List.of(pipe.toUri(), URI.create("file:///dev/zero"))) {
      assertThatThrownBy(() -> sources.bytes(null, Optional.of(uri.toString())))
          .isInstanceOfSatisfying(
              BadImageException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.REFERENCE_MISSING))
          .hasMessageContaining("it is not a file");
    }
  }

  @Test
  void aPipeThatTakesTheFilesPlaceHoldsNothingUp() throws Exception {
    FileImageSource source =
        new FileImageSource(
            folder.toUri(),
            100,
            file -> {
              Files.deleteIfExists(file);
              return open(pipe(file.getFileName().toString()));
            });

    assertUnavailable(source, "within 300 ms");
    Files.newOutputStream(folder.resolve("a.png")).close();
  }

  @Test
  void anInterruptionIsNoFaultOfTheImage() {
    FileImageSource source = new FileImageSource(folder.toUri(), 100, this::hang);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> source.read(image, LIMIT)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aNameThatNobodyLooksUpIsGivenUp() {
    URI uri = URI.create("http://pacs.example/a.png");
    HttpImageSource source = new HttpImageSource(uri.resolve("/"), 100, this::neverResolved);

    long began = System.nanoTime();
    assertThatThrownBy(() -> source.read(uri, LIMIT))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the lookup of pacs.example does not answer within");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  private void assertUnavailable(FileImageSource source, String because) {
    assertThatThrownBy(() -> source.read(image, LIMIT))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(because);
  }

  private InputStream hang(Path file) {
    opened.incrementAndGet();
    awaitMount();
    return new ByteArrayInputStream(IMAGE);
  }

  private InetAddress[] neverResolved(String host) throws UnknownHostException {
    awaitMount();
    throw new UnknownHostException(host);
  }

  /** As the kernel waits for a share: no interruption ends it. */
  private void awaitMount() {
    while (mounted.getCount() > 0) {
      try {
        mounted.await();
      } catch (InterruptedException e) {
        // still not there
      }
    }
  }

  private static InputStream open(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  private Path pipe(String name) throws IOException {
    Path pipe = folder.resolve(name);
    Process made;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
      throw e;
    }
    assertThat(made.onExit().join().exitValue()).isZero();
    return pipe;
  }
}

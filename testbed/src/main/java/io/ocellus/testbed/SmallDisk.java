package io.ocellus.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system that fills up soon, in memory.
 *
 * @param folder where it is
 */
public record SmallDisk(Path folder) implements AutoCloseable {
  private static final int BLOCK_BYTES = 4096;

  /** Mounts one there; empty where this user may not. */
  public static Optional<SmallDisk> mount(Path folder, long bytes) throws IOException {
    Files.createDirectories(folder);
    int failed = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    return failed == 0 ? Optional.of(new SmallDisk(folder)) : Optional.empty();
  }

  /** Gives it another size. */
  public void resize(long bytes) {
    run("mount", "-o", "remount,size=" + bytes, folder.toString());
  }

  /** Leaves no room on it; until the file that is returned is deleted. */
  public Path fill() throws IOException {
    Path filler = Files.createFile(folder.resolve("filler"));
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[BLOCK_BYTES]);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  @Override
  public void close() {
    run("umount", "-l", folder.toString());
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException e) {
      return 127;
    }
  }
}

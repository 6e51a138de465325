package io.ocellus.trainer.training;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system that fills up soon; only who may mount one gets one, others skip their test. */
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk mount(Path folder, long bytes) throws IOException {
    Files.createDirectories(folder);
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()))
        .as("exit code of mounting a small disk")
        .isZero();
    return new SmallDisk(folder);
  }

  void resize(long bytes) {
    run("mount", "-o", "remount,size=" + bytes, folder.toString());
  }

  @Override
  public void close() {
    run("umount", folder.toString());
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

package io.ocellus.service;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns where PyTorch would compute wrongly: oneDNN 3.7 errs on x86 virtual machines that hide
 * their processor's caches, unless it is kept to AVX by an environment variable that must be there
 * when the process starts.
 */
final class HiddenCaches {
  private static final Logger log = LoggerFactory.getLogger(HiddenCaches.class);
  private static final String VARIABLE = "DNNL_MAX_CPU_ISA";
  private static final Path CPU = Path.of("/sys/devices/system/cpu/cpu0");

  private HiddenCaches() {}

  static void warn() {
    if (System.getProperty("os.arch").equals("amd64")
        && areHidden(CPU)
        && System.getenv(VARIABLE) == null) {
      log.warn(
          "This machine hides its processor's caches, and PyTorch may compute wrongly here: start with {}=AVX"
              + " in the environment (RATIONALE.md)",
          VARIABLE);
    }
  }

  static boolean areHidden(Path cpu) {
    return Files.isDirectory(cpu) && !Files.isDirectory(cpu.resolve("cache"));
  }
}

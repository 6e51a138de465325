package io.ocellus.inferencer.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where bfloat16 on this machine's CPU is slower than float32 would be. */
final class NativeBfloat16 {
  private static final Logger log = LoggerFactory.getLogger(NativeBfloat16.class);
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern FLAG = Pattern.compile("\\b(avx512_bf16|amx_bf16|bf16)\\b");

  /** Keeps oneDNN, which computes PyTorch's convolutions, from some of a processor's features. */
  private static final String LIMIT = "DNNL_MAX_CPU_ISA";

  private static final AtomicBoolean SAID = new AtomicBoolean();

  private NativeBfloat16() {}

  /** Warns once; of machines that do not say what their processor has, nothing. */
  static void check() throws IOException {
    if (!Files.isReadable(PROCESSORS) || SAID.getAndSet(true)) {
      return;
    }
    if (System.getenv(LIMIT) != null || !hasFlag(Files.readString(PROCESSORS))) {
      log.warn(
          "precision is bfloat16, which may be slower than float32 here: it takes a processor with AVX512_BF16 or"
              + " AMX, or a GPU, and no {} in the environment",
          LIMIT);
    }
  }

  static boolean hasFlag(String processors) {
    return FLAG.matcher(processors).find();
  }
}

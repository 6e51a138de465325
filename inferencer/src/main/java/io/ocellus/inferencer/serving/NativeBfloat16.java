package io.ocellus.inferencer.serving;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells where bfloat16 is faster than float32. Elsewhere it is several times slower. */
final class NativeBfloat16 {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern FLAG = Pattern.compile("\\b(avx512_bf16|amx_bf16|bf16)\\b");

  /** Keeps oneDNN, which computes PyTorch's convolutions, from some of a processor's features. */
  private static final String LIMIT = "DNNL_MAX_CPU_ISA";

  private NativeBfloat16() {}

  /** Whether that device multiplies in it; not on systems other than Linux, which do not say so. */
  static boolean on(Device device) throws IOException {
    return device.isGpu()
        || (System.getenv(LIMIT) == null
            && Files.isReadable(PROCESSORS)
            && hasFlag(Files.readString(PROCESSORS)));
  }

  static boolean hasFlag(String processors) {
    return FLAG.matcher(processors).find();
  }
}

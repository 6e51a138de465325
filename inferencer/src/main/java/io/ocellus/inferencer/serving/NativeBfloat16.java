package io.ocellus.inferencer.serving;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells where bfloat16 is faster than float32. Elsewhere it is several times slower. */
public final class NativeBfloat16 {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern FLAG = Pattern.compile("\\b(avx512_bf16|amx_bf16)\\b");

  private NativeBfloat16() {}

  /**
   * Whether that device is known to multiply in it: a GPU, which has to be of compute capability
   * 8.0 or more, or a CPU of which Linux says so.
   */
  public static boolean on(Device device) {
    return device.isGpu() || (!isLimited() && hasFlag(processors()));
  }

  static boolean hasFlag(String processors) {
    return FLAG.matcher(processors).find();
  }

  /** Whether oneDNN, which computes PyTorch's convolutions, is kept from a processor's features. */
  private static boolean isLimited() {
    return Stream.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")
        .anyMatch(variable -> System.getenv(variable) != null);
  }

  private static String processors() {
    try {
      return Files.isReadable(PROCESSORS) ? Files.readString(PROCESSORS) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.ocellus.service;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PyTorch needs on x86 virtual machines that hide their processor's caches. oneDNN 3.7 errs
 * there unless it is kept to AVX by an environment variable that must be there when the process
 * starts. NNPACK finds no cache to plan for and complains on stderr at each convolution that it is
 * offered.
 */
public final class HiddenCaches {
  private static final Logger log = LoggerFactory.getLogger(HiddenCaches.class);
  private static final String VARIABLE = "DNNL_MAX_CPU_ISA";
  private static final AtomicBoolean HEEDED = new AtomicBoolean();
  private static final Path CPU = Path.of("/sys/devices/system/cpu/cpu0");

  private HiddenCaches() {}

  /**
   * Before PyTorch computes: warns where it would compute wrongly, and takes convolutions away from
   * NNPACK. Only the first call does anything.
   */
  public static void heed() {
    if (!HEEDED.compareAndSet(false, true)) {
      return;
    }
    if (!System.getProperty("os.arch").equals("amd64") || !areHidden(CPU)) {
      return;
    }
    if (System.getenv(VARIABLE) == null) {
      log.warn(
          "This machine hides its processor's caches, and PyTorch may compute wrongly here: start with {}=AVX"
              + " in the environment (RATIONALE.md)",
          VARIABLE);
    }
    withoutNnpack();
  }

  /** PyTorch's {@code torch.backends.nnpack.set_flags(False)}, which DJL has no call for. */
  private static void withoutNnpack() {
    Engine.getInstance();
    Path library = Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      Function enable = torch.getFunction("_ZN2at7Context20setUserEnabledNNPACKEb");
      enable.invokeVoid(new Object[] {context, false});
    } catch (UnsatisfiedLinkError e) {
      log.debug("NNPACK stays as it is", e);
    }
  }

  static boolean areHidden(Path cpu) {
    return Files.isDirectory(cpu) && !Files.isDirectory(cpu.resolve("cache"));
  }
}

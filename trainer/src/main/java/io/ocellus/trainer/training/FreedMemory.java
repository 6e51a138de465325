package io.ocellus.trainer.training;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Memory that PyTorch has freed and the C library keeps for the next step. It is what makes steps
 * fast (see {@code MALLOC_TRIM_THRESHOLD_} in the {@code ocellus} script), and of no use between
 * runs.
 */
final class FreedMemory {
  private FreedMemory() {}

  /** Gives it back to the operating system, where the C library is glibc. */
  static void giveBack() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      NativeLibrary.getProcess()
          .getFunction("malloc_trim")
          .invokeInt(new Object[] {new NativeLong(0)});
    } catch (UnsatisfiedLinkError notGlibc) {
      // Other C libraries have no such function and keep little.
    }
  }
}

package io.ocellus.cli.service;

import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process while native code may still run in other threads. */
final class ProcessEnd {
  private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

  private ProcessEnd() {}

  /**
   * Ends it at once. Both {@link System#exit} and {@link Runtime#halt} call C's {@code exit}, which
   * destroys what PyTorch and ONNX Runtime hold while their threads use it; {@code _exit} does not.
   */
  static void now(int code) {
    TemporaryFolder.delete();
    System.out.flush();
    System.err.flush();
    try {
      NativeLibrary.getInstance("c").getFunction("_exit").invokeVoid(new Object[] {code});
    } catch (LinkageError | RuntimeException e) {
      log.debug("_exit cannot be called", e);
      Runtime.getRuntime().halt(code);
    }
  }
}

package io.ocellus.inferencer.rollout;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that gets what images leave of the processor. Java's own thread priorities mean nothing on
 * Linux unless the JVM is told so, while any thread may lower its own there.
 */
final class LowPriority {
  private static final Logger log = LoggerFactory.getLogger(LowPriority.class);

  /** About a tenth of a processor that others keep busy; all of one that idles. */
  private static final int NICE = 10;

  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;

  private LowPriority() {}

  /** Applies to the calling thread; on other systems than Linux it does nothing. */
  static void here() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      C c = Native.load("c", C.class);
      if (c.getpriority(PRIO_PROCESS, THIS_THREAD) < NICE) {
        c.setpriority(PRIO_PROCESS, THIS_THREAD, NICE);
      }
    } catch (LinkageError e) {
      log.debug("New versions are loaded at the priority of images", e);
    }
  }

  /** The C library; see {@code setpriority(2)}. */
  interface C extends Library {
    int getpriority(int which, int who);

    int setpriority(int which, int who, int priority);
  }
}

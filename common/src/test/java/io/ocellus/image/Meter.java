package io.ocellus.image;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * CPU time and allocated bytes of a thread for one use of an image. One thread begins and ends
 * uses, another may look meanwhile.
 */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final CostBudget budget;
  private final long thread;
  private volatile Use use = new Use("nothing", 0, 0);
  private Cost decoding = new Cost(Duration.ZERO, 0);
  private long mostBytes;
  private Duration mostCpu = Duration.ZERO;

  /** For the thread that makes it. */
  Meter(CostBudget budget) {
    this.budget = budget;
    this.thread = Thread.currentThread().getId();
  }

  /**
   * One use of an image.
   *
   * @param cpu nanoseconds that the thread would have used had it done nothing else
   * @param bytes the same of bytes
   */
  private record Use(String name, long cpu, long bytes) {}

  /** Throws where an image that was decoded has more bytes than its pixels need. */
  void checkDecoded(long bytes) {
    if (bytes > budget.decodedBytes()) {
      throw new OverBudget(Breach.Type.DECODED, "%,d MiB decoded".formatted(bytes >> 20));
    }
  }

  /** What a use took. */
  record Cost(Duration cpu, long bytes) {}

  /** Of a use that took more than it may. */
  static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Breach.Type type;

    OverBudget(Breach.Type type, String message) {
      super(message);
      this.type = type;
    }
  }

  void begin(String name) {
    decoding = new Cost(Duration.ZERO, 0);
    resume(name);
  }

  /** As if this came directly after the last thing that was begun. */
  void resume(String name) {
    use =
        new Use(
            name,
            THREADS.getThreadCpuTime(thread) - decoding.cpu.toNanos(),
            THREADS.getThreadAllocatedBytes(thread) - decoding.bytes);
  }

  void end() {
    Cost cost = spent();
    if (decoding.bytes == 0) {
      decoding = cost;
    }
    mostBytes = Math.max(mostBytes, cost.bytes);
    mostCpu = mostCpu.compareTo(cost.cpu) > 0 ? mostCpu : cost.cpu;
    check(cost, 1);
  }

  /** Throws where the use at hand takes so many times what it may. */
  void check(Cost cost, int times) {
    if (cost.cpu.compareTo(budget.cpu().multipliedBy(times)) > 0) {
      throw new OverBudget(Breach.Type.TIME, "%.2f s CPU".formatted(cost.cpu.toNanos() / 1e9));
    }
    if (cost.bytes > times * budget.bytes()) {
      throw new OverBudget(Breach.Type.ALLOCATION, "%,d MiB".formatted(cost.bytes >> 20));
    }
  }

  Cost spent() {
    Use at = use;
    return new Cost(
        Duration.ofNanos(Math.max(0, THREADS.getThreadCpuTime(thread) - at.cpu)),
        THREADS.getThreadAllocatedBytes(thread) - at.bytes);
  }

  String use() {
    return use.name;
  }

  /** The most that one use took. */
  Cost most() {
    return new Cost(mostCpu, mostBytes);
  }
}

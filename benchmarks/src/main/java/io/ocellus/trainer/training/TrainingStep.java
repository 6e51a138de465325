package io.ocellus.trainer.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import io.ocellus.benchmarks.Memory;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Updates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/**
 * The trainer's own step, asked for line by line: a step for each line on standard input, answered
 * with the seconds and the CPU seconds that it took; the end is answered with the peak of resident
 * memory in bytes. {@code training_step.py} is the same in plain PyTorch.
 */
public final class TrainingStep {
  private TrainingStep() {}

  /** Arguments: network, size, images in a batch, then {@code --efficient} for less memory. */
  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[1]);
    TrainingMode mode = new TrainingMode(Arrays.asList(arguments).contains("--efficient"), false);
    int images = Integer.parseInt(arguments[2]);
    CpuThreads.all();
    OperatingSystemMXBean cpu = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Network network = Networks.create(new NetworkSpec(arguments[0], 10));
    try (NetworkOnDevice learner = new NetworkOnDevice(network, size, Device.cpu(), 1);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Updates adam = learner.updates(Optimization.with(Adam.coupled(0)), mode);
      HostBatch batch = batch(size, images);
      System.out.println(
          "runtime Java %s, PyTorch %s"
              .formatted(Runtime.version().feature(), Engine.getInstance().getVersion()));
      while (lines.readLine() != null) {
        long begun = System.nanoTime();
        long begunCpu = cpu.getProcessCpuTime();
        learner.learn(batch, CrossEntropy.PLAIN, mode, 1);
        adam.step(1e-4f);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.println("step " + seconds + " " + (cpu.getProcessCpuTime() - begunCpu) / 1e9);
      }
    }
    System.out.println("peak " + Memory.peakBytes());
  }

  private static HostBatch batch(int size, int images) {
    Random random = new Random(1);
    float[] pixels = new float[images * 3 * size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[images];
    Arrays.setAll(labels, i -> i % 10);
    return HostBatch.of(Collections.nCopies(images, ""), pixels, labels, 10, size);
  }
}

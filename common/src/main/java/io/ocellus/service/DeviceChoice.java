package io.ocellus.service;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.util.stream.Stream;

/** Where networks run. */
public enum DeviceChoice {
  /** The first GPU that DJL sees, else the CPU. */
  AUTO,
  CPU,
  GPU;

  /** The device; an error that says what to do where a GPU is demanded and none is seen. */
  public Device device() {
    boolean gpu = this != CPU && mayHaveGpu() && Engine.getInstance().getGpuCount() > 0;
    if (this == GPU && !gpu) {
      throw new IllegalStateException(
          "device is gpu, but PyTorch sees none: set device to auto or cpu, or point PYTORCH_LIBRARY_PATH at a"
              + " CUDA build of PyTorch 2.7.1 (see docs/configuration.md)");
    }
    return gpu ? Device.gpu() : Device.cpu();
  }

  /**
   * Whether the PyTorch that would be loaded is one for GPUs. To ask itself would load it, which
   * takes time and memory that an inferencer on ONNX Runtime can do without.
   */
  private static boolean mayHaveGpu() {
    return Stream.of("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR")
            .map(Utils::getEnvOrSystemProperty)
            .anyMatch(own -> own != null && !own.isEmpty())
        || Platform.detectPlatform("pytorch").getFlavor().startsWith("cu");
  }
}

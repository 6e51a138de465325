package io.ocellus.service;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** Where networks run. */
public enum DeviceChoice {
  /** The first GPU that DJL sees, else the CPU. */
  AUTO,
  CPU,
  GPU;

  /** The device; an error that says what to do where a GPU is demanded and none is seen. */
  public Device device() {
    HiddenCaches.heed();
    boolean gpu = Engine.getInstance().getGpuCount() > 0;
    if (this == GPU && !gpu) {
      throw new IllegalStateException(
          "device is gpu, but PyTorch sees none: set device to auto or cpu, or point PYTORCH_LIBRARY_PATH at a"
              + " CUDA build of PyTorch 2.7.1 (see docs/configuration.md)");
    }
    return gpu && this != CPU ? Device.gpu() : Device.cpu();
  }
}

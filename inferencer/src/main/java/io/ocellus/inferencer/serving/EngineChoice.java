package io.ocellus.inferencer.serving;

/** What runs forward passes. */
public enum EngineChoice {
  /** ONNX Runtime on a CPU where it can run the network, else PyTorch. */
  AUTO,
  /** {@code model.pt} of the checkpoint on PyTorch, on a CPU or a GPU. */
  PYTORCH,
  /** The same network on ONNX Runtime, on the CPU. */
  ONNXRUNTIME
}

package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.network.Network;
import io.ocellus.network.Onnx;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.TorchScript;
import java.nio.file.Path;
import java.util.TreeMap;

/** What a version can be written as. */
enum ExportFormat {
  TORCHSCRIPT(Checkpoint.MODEL) {
    @Override
    void write(Network network, StateDict weights, Manifest manifest, Path file) {
      TorchScript.write(network, weights, manifest.preprocessing().normalization(), file);
    }
  },
  SAFETENSORS(Checkpoint.WEIGHTS) {
    @Override
    void write(Network network, StateDict weights, Manifest manifest, Path file) {
      Safetensors.write(weights, manifest.classes(), file);
    }
  },
  ONNX("model.onnx") {
    @Override
    void write(Network network, StateDict weights, Manifest manifest, Path file) {
      TreeMap<String, String> metadata = new TreeMap<>();
      metadata.put("model", manifest.model());
      metadata.put("version", Integer.toString(manifest.version()));
      metadata.put("network", manifest.network().name());
      metadata.put("names", ClassIndex.json(manifest.classes()));
      metadata.put("temperature", Double.toString(manifest.temperature()));
      Onnx.write(
          network,
          weights,
          manifest.preprocessing().normalization(),
          manifest.preprocessing().size(),
          metadata,
          file);
    }
  };

  private final String file;

  ExportFormat(String file) {
    this.file = file;
  }

  /** The file's name, the same in every export. */
  String file() {
    return file;
  }

  /** Makes it of the weights; images are normalised inside of what runs. */
  abstract void write(Network network, StateDict weights, Manifest manifest, Path file);
}

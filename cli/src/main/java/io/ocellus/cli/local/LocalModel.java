package io.ocellus.cli.local;

import ai.djl.MalformedModelException;
import ai.onnxruntime.OrtException;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.options.SharedSettings;
import io.ocellus.image.BadImageException;
import io.ocellus.image.ImageDecoder;
import io.ocellus.inferencer.serving.EngineChoice;
import io.ocellus.inferencer.serving.LoadedNetwork;
import io.ocellus.inferencer.serving.NetworkLoader;
import io.ocellus.network.Probability;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A checkpoint that classifies as the inferencer does: its deploy graph. */
final class LocalModel implements AutoCloseable {
  private final Manifest manifest;
  private final LoadedNetwork network;
  private final ImageDecoder decoder;

  private LocalModel(Manifest manifest, LoadedNetwork network, ImageDecoder decoder) {
    this.manifest = manifest;
    this.network = network;
    this.decoder = decoder;
  }

  /** Loads it; its files are not needed afterwards. */
  static LocalModel open(Checkpoint checkpoint, SharedSettings settings)
      throws IOException, MalformedModelException, OrtException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    return new LocalModel(
        checkpoint.manifest(),
        new NetworkLoader(
                EngineChoice.AUTO, settings.precision(), settings.device()::device, scratch)
            .load(checkpoint),
        new ImageDecoder(settings.image().limits()));
  }

  Manifest manifest() {
    return manifest;
  }

  /** What runs it, with its version. */
  String engine() {
    return network.engine();
  }

  /** The image as it is. */
  BufferedImage picture(byte[] encoded) throws BadImageException {
    return decoder.decode(encoded);
  }

  /** A logit per class; by many threads at once. */
  float[] logits(byte[] encoded) throws BadImageException {
    byte[] levels = decoder.levels(encoded, manifest.preprocessing().framing());
    float[] logits = network.logits(List.of(levels))[0];
    if (!Probability.finite(logits)) {
      throw new IllegalStateException("The network gives no finite numbers for an image");
    }
    return logits;
  }

  @Override
  public void close() {
    network.close();
  }
}

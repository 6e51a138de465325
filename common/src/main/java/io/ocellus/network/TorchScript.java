package io.ocellus.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the deploy graph: a TorchScript archive that takes float32 RGB images {@code (N, 3, H, W)}
 * with values in [0,1] and gives logits {@code (N, classes)}. It normalises inside, runs in
 * channels-last memory order, has its batch norms folded, and opens wherever PyTorch 1.10 or newer
 * does: {@code torch.jit.load}, libtorch, DJL, Triton. The same weights give the same bytes.
 */
public final class TorchScript {
  private TorchScript() {}

  /**
   * Writes the archive, over whatever is at that path.
   *
   * @throws IllegalArgumentException where the weights are not the network's
   * @throws UncheckedIOException where the file cannot be written
   */
  public static void write(
      Network network, StateDict weights, Normalization normalization, Path file) {
    Deployable deployable = Deployable.of(network, weights);
    TorchScriptSource source = new TorchScriptSource(deployable);
    Map<String, TorchTensor> attributes = new LinkedHashMap<>();
    attributes.put(TorchScriptSource.MEAN, perChannel(normalization.means()));
    attributes.put(TorchScriptSource.INVERSE_STD, perChannel(normalization.inverseStds()));
    source
        .attributes()
        .forEach(
            (attribute, key) ->
                attributes.put(attribute, TorchTensor.of(deployable.weights().get(key))));
    try (TorchArchive archive = new TorchArchive(file)) {
      archive.text("code/__torch__.py", source.text(attributes.keySet()));
      archive.bytes("data.pkl", TorchPickle.module(attributes));
      List<TorchTensor> tensors = new ArrayList<>(attributes.values());
      for (int i = 0; i < tensors.size(); i++) {
        archive.bytes("data/" + i, tensors.get(i).littleEndian());
      }
      archive.bytes("constants.pkl", TorchPickle.emptyTuple());
      archive.text("byteorder", "little");
      archive.text("version", "3\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The deploy graph cannot be written to " + file, e);
    }
  }

  private static TorchTensor perChannel(float[] values) {
    return TorchTensor.of(new Tensor(new long[] {1, values.length, 1, 1}, values));
  }
}

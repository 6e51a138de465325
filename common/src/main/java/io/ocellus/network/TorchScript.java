package io.ocellus.network;

import io.ocellus.network.graph.Node;
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
    write(network, weights, normalization, ElementType.F32, file);
  }

  /**
   * The same with the convolutions and linear layers in a lower precision, as by PyTorch's {@code
   * autocast}. Images and logits stay float32. For loading where it was made: {@link
   * DeployGraphCheck} knows the form in float32.
   *
   * @param lower {@link ElementType#F32} or {@link ElementType#BF16}
   */
  public static void write(
      Network network,
      StateDict weights,
      Normalization normalization,
      ElementType lower,
      Path file) {
    Deployable deployable = Deployable.of(network, weights);
    TorchScriptSource source = new TorchScriptSource(deployable, lower);
    Map<String, TorchTensor> attributes = new LinkedHashMap<>();
    attributes.put(TorchScriptSource.MEAN, perChannel(normalization.means()));
    attributes.put(TorchScriptSource.INVERSE_STD, perChannel(normalization.inverseStds()));
    for (Node node : deployable.graph().nodes()) {
      ElementType type = node.op().autocast().parameters(lower, ElementType.F32);
      for (String key : deployable.keys(node)) {
        Tensor weight = deployable.weights().get(key);
        attributes.put(TorchScriptSource.attribute(key), TorchTensor.of(weight, type));
      }
    }
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
    return TorchTensor.of(new Tensor(new long[] {1, values.length, 1, 1}, values), ElementType.F32);
  }
}

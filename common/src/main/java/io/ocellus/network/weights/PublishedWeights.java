package io.ocellus.network.weights;

import io.ocellus.network.MalformedWeightsException;
import io.ocellus.network.Network;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A state dict from a file as people publish them: safetensors, or what {@code torch.save} writes
 * ({@code .pth}, {@code .pt}, {@code .th}), bare or inside a checkpoint of a training script. Names
 * are those of the module itself. A pickle is read in a closed world; nothing in it is ever run.
 *
 * @param weights as float32, whatever the file has
 * @param key where in a checkpoint it was found, such as {@code state_dict}; empty for a bare one
 * @param classes names of the classes in the order of the logits; empty where the file does not
 *     tell, as those of others hardly do
 */
public record PublishedWeights(StateDict weights, String key, List<String> classes) {
  private static final String FORMAT = "PyTorch file of weights";

  /** Views may share what is stored; more than this is no state dict but a bomb. */
  private static final int MOST_SHARING = 4;

  /**
   * Reads a file, whole. The format is told by its content.
   *
   * @throws MalformedWeightsException where it is damaged, or more than a state dict
   * @throws UncheckedIOException where it cannot be read
   */
  public static PublishedWeights read(Path file) {
    return opened(
        file,
        () ->
            TorchFile.looksLikeOne(file)
                ? readTorch(file)
                : new PublishedWeights(
                    new StateDict(PublishedNames.today(Safetensors.read(file).entries())),
                    "",
                    Safetensors.classes(file)));
  }

  private interface Reader {
    PublishedWeights read() throws IOException;
  }

  private static PublishedWeights opened(Path file, Reader reader) {
    try {
      return reader.read();
    } catch (PickleException | EOFException e) {
      throw new MalformedWeightsException(file, FORMAT, e.getMessage());
    } catch (ZipException e) {
      throw new MalformedWeightsException(
          file, FORMAT, "its zip is damaged or cut short (%s)".formatted(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("The weights cannot be read from " + file, e);
    }
  }

  private static PublishedWeights readTorch(Path file) throws IOException {
    try (TorchFile torch = TorchFile.open(file)) {
      WrappedStateDict found = WrappedStateDict.find(torch.root());
      Map<String, TensorRef> tensors = PublishedNames.today(found.tensors());
      refuseBomb(tensors, Files.size(file));
      return new PublishedWeights(new StateDict(values(torch, tensors)), found.key(), List.of());
    }
  }

  /**
   * Reads of a file what fits a network: the entries of one dictionary, perhaps under one prefix.
   *
   * @param key of the dictionary and prefix, such as {@code model_ema} or {@code state_dict.model};
   *     empty to take what fits
   * @throws UnfitWeightsException where several fit, or nothing is called that
   * @throws MalformedWeightsException as {@link #read(Path)}
   */
  public static PublishedWeights read(Path file, Network network, String key) {
    return opened(
        file,
        () -> {
          if (TorchFile.looksLikeOne(file)) {
            return readTorch(file, network, key);
          }
          List<Reading<Tensor>> readings =
              Reading.of("", Safetensors.read(file).entries(), network);
          Reading<Tensor> chosen = ReadingChoice.of(readings, network, key, Tensor::shape);
          return new PublishedWeights(
              new StateDict(chosen.entries()), chosen.name(), Safetensors.classes(file));
        });
  }

  private static PublishedWeights readTorch(Path file, Network network, String key)
      throws IOException {
    try (TorchFile torch = TorchFile.open(file)) {
      List<Reading<TensorRef>> readings = new ArrayList<>();
      for (WrappedStateDict found : WrappedStateDict.all(torch.root())) {
        refuseBomb(found.tensors(), Files.size(file));
        readings.addAll(Reading.of(found.key(), found.tensors(), network));
      }
      Reading<TensorRef> chosen = ReadingChoice.of(readings, network, key, TensorRef::shape);
      return new PublishedWeights(
          new StateDict(values(torch, chosen.entries())), chosen.name(), List.of());
    }
  }

  private static void refuseBomb(Map<String, TensorRef> tensors, long size) throws PickleException {
    double elements = tensors.values().stream().mapToDouble(TensorRef::elements).sum();
    if (elements > (double) MOST_SHARING * size) {
      throw new PickleException("its tensors have %.0f elements".formatted(elements));
    }
  }

  private static Map<String, Tensor> values(TorchFile file, Map<String, TensorRef> tensors)
      throws IOException {
    Map<String, Map<String, TensorRef>> byStorage = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            byStorage
                .computeIfAbsent(tensor.storage().key(), key -> new HashMap<>())
                .put(name, tensor));
    Map<String, Tensor> values = new HashMap<>();
    file.storages(
        byStorage.keySet(),
        (key, stored) ->
            byStorage.get(key).forEach((name, ref) -> values.put(name, ref.tensor(stored))));
    Map<String, Tensor> inOrder = new LinkedHashMap<>();
    tensors.keySet().forEach(name -> inOrder.put(name, values.get(name)));
    return inOrder;
  }
}

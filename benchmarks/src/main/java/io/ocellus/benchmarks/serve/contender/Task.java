package io.ocellus.benchmarks.serve.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.service.Json;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a contender is to do, as its process is told on the command line.
 *
 * @param bootstrapServers of the broker
 * @param prefix of its topics: it classifies what is in images, into classifications
 * @param partitions of these
 * @param folder of its own, for state
 * @param model folder of the network's {@code model.pt}
 * @param onnx file of the same network
 * @param bfloat16 folder of a {@code model.pt} of it that computes in bfloat16
 * @param classes in the order of the logits
 * @param size width and height of the network's input
 * @param batch images in a forward pass, at most
 * @param threads forward passes at a time, where the contender's own way leaves the choice
 * @param settings of the inferencer, over its defaults
 */
public record Task(
    String bootstrapServers,
    String prefix,
    int partitions,
    Path folder,
    Path model,
    Path onnx,
    Path bfloat16,
    List<String> classes,
    int size,
    int batch,
    int threads,
    Map<String, String> settings) {
  /** The names of its topics. */
  Topics topics() {
    return new Topics(prefix);
  }

  /** The same for one of several processes, which have a folder each. */
  public Task instance(int number) {
    Path own = folder.resolve(Integer.toString(number));
    return new Task(
        bootstrapServers,
        prefix,
        partitions,
        own,
        model,
        onnx,
        bfloat16,
        classes,
        size,
        batch,
        threads,
        settings);
  }

  /** As one argument of a command. */
  public String argument() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The task cannot be written as JSON", e);
    }
  }

  static Task of(String argument) {
    try {
      return Json.MAPPER.readValue(argument, Task.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no task: " + argument, e);
    }
  }
}

package io.ocellus.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON header of a safetensors file: made, and read with suspicion. */
final class SafetensorsHeader {
  /** Bytes; the format's own limit. */
  static final long LIMIT = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final String CLASSES = "classes";
  private static final String COUNTER = "num_batches_tracked";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SafetensorsHeader() {}

  /** In the state dict's order; the bytes of the widest type come first, so that all align. */
  static List<SafetensorsEntry> layout(StateDict weights) {
    long counters = 8L * weights.entries().keySet().stream().filter(n -> isCounter(n)).count();
    long nextCounter = 0;
    long nextFloat = counters;
    List<SafetensorsEntry> layout = new ArrayList<>();
    for (Map.Entry<String, Tensor> entry : weights.entries().entrySet()) {
      long[] shape = entry.getValue().shape();
      if (isCounter(entry.getKey())) {
        layout.add(new SafetensorsEntry(entry.getKey(), ElementType.I64, shape, nextCounter, 8));
        nextCounter += 8;
      } else {
        long length = 4L * entry.getValue().values().length;
        layout.add(new SafetensorsEntry(entry.getKey(), ElementType.F32, shape, nextFloat, length));
        nextFloat += length;
      }
    }
    return layout;
  }

  private static boolean isCounter(String name) {
    return name.endsWith(COUNTER);
  }

  /** Padded with spaces so that the values begin at a multiple of eight bytes. */
  static byte[] json(List<SafetensorsEntry> layout, List<String> classes) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode metadata = header.putObject(METADATA).put("format", "pt");
    if (!classes.isEmpty()) {
      metadata.put(CLASSES, JSON.valueToTree(classes).toString());
    }
    for (SafetensorsEntry entry : layout) {
      ObjectNode tensor = header.putObject(entry.name());
      tensor.put("dtype", entry.type().name());
      Arrays.stream(entry.shape()).forEach(tensor.withArray("shape")::add);
      tensor.withArray("data_offsets").add(entry.begin()).add(entry.begin() + entry.length());
    }
    String text = header.toString();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return (text + " ".repeat(Math.floorMod(-bytes, 8))).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The entries, in the header's order.
   *
   * @param dataLength bytes after the header; the entries must fill them exactly
   */
  static List<SafetensorsEntry> parse(byte[] header, long dataLength, Path file) {
    List<SafetensorsEntry> entries = new ArrayList<>();
    object(header, file)
        .properties()
        .forEach(
            property -> {
              if (!property.getKey().equals(METADATA)) {
                entries.add(entry(property.getKey(), property.getValue(), file));
              }
            });
    checkFilled(entries, dataLength, file);
    return entries;
  }

  /** The names of the classes, where the header tells them as {@link #json} does. */
  static List<String> classes(byte[] header, Path file) {
    try {
      JsonNode names = JSON.readTree(object(header, file).path(METADATA).path(CLASSES).asText());
      List<String> classes = new ArrayList<>();
      names.forEach(name -> classes.add(name.asText()));
      return classes;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static ObjectNode object(byte[] header, Path file) {
    try {
      if (JSON.readTree(header) instanceof ObjectNode object) {
        return object;
      }
      throw new MalformedWeightsException(file, "its header is no JSON object");
    } catch (JsonProcessingException e) {
      throw new MalformedWeightsException(file, "its header is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedWeightsException(file, "its header is no JSON: " + e.getMessage());
    }
  }

  private static SafetensorsEntry entry(String name, JsonNode tensor, Path file) {
    ElementType type = type(name, tensor.path("dtype").asText(), file);
    long[] shape = longs(name, "shape", tensor.path("shape"), file);
    long[] offsets = longs(name, "data_offsets", tensor.path("data_offsets"), file);
    if (offsets.length != 2 || offsets[1] - offsets[0] != bytes(name, shape, type, file)) {
      throw new MalformedWeightsException(
          file,
          "%s of shape %s and type %s cannot be at %s"
              .formatted(name, Arrays.toString(shape), type, Arrays.toString(offsets)));
    }
    return new SafetensorsEntry(name, type, shape, offsets[0], offsets[1] - offsets[0]);
  }

  private static ElementType type(String name, String text, Path file) {
    return Stream.of(ElementType.values())
        .filter(type -> type.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedWeightsException(
                    file,
                    "%s has values of type '%s'; those of %s can be read"
                        .formatted(name, text, Arrays.toString(ElementType.values()))));
  }

  private static long[] longs(String name, String field, JsonNode array, Path file) {
    long[] values = new long[array.size()];
    boolean whole = array.isArray();
    for (int i = 0; i < values.length; i++) {
      whole &= array.get(i).isIntegralNumber() && array.get(i).canConvertToLong();
      values[i] = array.get(i).asLong();
      whole &= values[i] >= 0;
    }
    if (!whole) {
      throw new MalformedWeightsException(
          file, "%s of %s is %s, not a list of whole numbers".formatted(field, name, array));
    }
    return values;
  }

  private static long bytes(String name, long[] shape, ElementType type, Path file) {
    try {
      long bytes = type.size();
      for (long extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
      return Math.toIntExact(bytes);
    } catch (ArithmeticException e) {
      throw new MalformedWeightsException(
          file, "%s of shape %s is too large".formatted(name, Arrays.toString(shape)));
    }
  }

  private static void checkFilled(List<SafetensorsEntry> entries, long dataLength, Path file) {
    long end = 0;
    for (SafetensorsEntry entry :
        entries.stream().sorted(Comparator.comparingLong(SafetensorsEntry::begin)).toList()) {
      if (entry.begin() != end) {
        throw new MalformedWeightsException(
            file, "%s begins at %d, not at %d".formatted(entry.name(), entry.begin(), end));
      }
      end += entry.length();
    }
    if (end != dataLength) {
      throw new MalformedWeightsException(
          file, "its tensors take %d bytes, but it has %d".formatted(end, dataLength));
    }
  }
}

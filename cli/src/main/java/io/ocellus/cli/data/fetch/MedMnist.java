package io.ocellus.cli.data.fetch;

import com.fasterxml.jackson.core.type.TypeReference;
import io.ocellus.cli.data.DataSetException;
import io.ocellus.config.NearMatch;
import io.ocellus.service.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A set of MedMNIST v2 (Yang et al. 2023, <a
 * href="https://doi.org/10.1038/s41597-022-01721-8">doi:10.1038/s41597-022-01721-8</a>): small
 * medical images, ready to classify. The catalogue has the two-dimensional sets with one label per
 * image. Names, labels, counts, licences and checksums are those of MedMNIST 3.0.2's {@code
 * info.py}, the files those of its record 10519652 on Zenodo.
 *
 * @param name such as {@code pneumoniamnist}
 * @param shows what the images are of
 * @param md5 of the file, by width and height in pixels
 * @param labels in the order of the class numbers
 * @param images how many, by part
 * @param licence of the images
 */
record MedMnist(
    String name,
    String shows,
    Map<Integer, String> md5,
    List<String> labels,
    Map<String, Integer> images,
    String licence) {
  private static final URI RECORD = URI.create("https://zenodo.org/records/10519652/files/");
  private static final int USUAL = 28;

  /** All sets. */
  static List<MedMnist> catalogue() {
    try (InputStream in = MedMnist.class.getResourceAsStream("medmnist.json")) {
      return Json.MAPPER.readValue(in, new TypeReference<List<MedMnist>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("The catalogue of MedMNIST cannot be read", e);
    }
  }

  /** The set of that name. */
  static MedMnist named(String name) {
    List<MedMnist> all = catalogue();
    List<String> names = all.stream().map(MedMnist::name).toList();
    return all.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataSetException(
                    name.equals("chestmnist")
                        ? "The images of chestmnist have several labels each; they make no classes"
                        : "There is no set %s.%s The catalogue has %s."
                            .formatted(
                                name,
                                NearMatch.hint(name, names.stream()),
                                String.join(", ", names))));
  }

  /** The name of its file, such as {@code pneumoniamnist_64.npz}. */
  String file(int size) {
    checksum(size);
    return size == USUAL ? name + ".npz" : "%s_%d.npz".formatted(name, size);
  }

  /** Where the file is. */
  URI uri(int size) {
    return RECORD.resolve(file(size) + "?download=1");
  }

  /** The file's MD5. */
  String checksum(int size) {
    if (!md5.containsKey(size)) {
      throw new DataSetException(
          "%s comes in %s pixels, not in %d"
              .formatted(name, md5.keySet().stream().sorted().toList(), size));
    }
    return md5.get(size);
  }
}

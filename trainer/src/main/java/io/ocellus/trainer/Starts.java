package io.ocellus.trainer;

import io.ocellus.config.ConfigurationException;
import io.ocellus.network.MalformedWeightsException;
import io.ocellus.network.Network;
import io.ocellus.network.weights.PublishedWeights;
import io.ocellus.network.weights.UnfitWeightsException;
import io.ocellus.network.weights.WeightMatch;
import io.ocellus.trainer.publish.ServingVersion;
import io.ocellus.trainer.training.Start;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where the weights of a run start: the serving version, else a file, else fresh. */
public final class Starts {
  private static final Logger log = LoggerFactory.getLogger(Starts.class);

  private Starts() {}

  /**
   * Chooses, and matches.
   *
   * @param classes of the network, in the order of its logits
   * @param serving the version that serves, if one does
   * @throws ConfigurationException where the file cannot be read or is of another network
   */
  public static Start of(
      TrainingSettings settings,
      Network network,
      List<String> classes,
      Optional<ServingVersion> serving) {
    if (settings.warmStart() && serving.isPresent()) {
      String version = "version " + serving.get().manifest().version();
      WeightMatch match = serving.get().match(network, classes);
      if (match.fits()) {
        return Start.from("warm", version, match, settings.seed());
      }
      log.info("The run does not start from {}, which is of another network: {}", version, match);
    }
    return settings
        .initialWeightsFile()
        .map(
            file -> fromFile(file, settings.initialWeightsKey(), network, classes, settings.seed()))
        .orElse(Start.FRESH);
  }

  /**
   * @param key of the weights in the file; empty for what fits
   * @param classes of the network, in the order of its logits; empty while they are not known
   * @throws ConfigurationException where it cannot be read or is of another network
   */
  static Start fromFile(Path file, String key, Network network, List<String> classes, long seed) {
    try {
      PublishedWeights published = PublishedWeights.read(file, network, key);
      WeightMatch match =
          WeightMatch.of(network, published.weights(), published.classes(), classes);
      return Start.from("file", file.toString(), match, seed);
    } catch (UnfitWeightsException e) {
      throw new ConfigurationException(
          "training.initial-weights: %s does not fit the network. %s"
              .formatted(file, e.getMessage()),
          e);
    } catch (MalformedWeightsException | UncheckedIOException e) {
      throw new ConfigurationException("training.initial-weights: " + e.getMessage(), e);
    }
  }
}

package io.ocellus.trainer;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.Passthrough;
import io.ocellus.config.Setting;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.Resize;
import io.ocellus.service.DeviceChoice;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set of the trainer. */
public record TrainerConfig(
    @Passthrough(
            byDefault = "bootstrap.servers=localhost:9092",
            help = "Any property of Kafka's clients, such as `kafka.security.protocol`.")
        Map<String, String> kafka,
    TopicSettings topics,
    @Setting(byDefault = "default", help = "Name that checkpoint versions are counted under.")
        String model,
    @Setting(
            byDefault = "~/.ocellus/trainer",
            help = "Folder of the local image store; give it a disk that survives restarts.")
        Path stateDir,
    @Setting(byDefault = "auto", help = "`auto` takes a GPU where there is one; or `cpu`, `gpu`.")
        DeviceChoice device,
    Http http,
    ImageSettings image,
    Network network,
    TrainingSettings training,
    Split split,
    Retrain retrain,
    Gate gate,
    Checkpoints checkpoints) {
  public TrainerConfig {
    Manifest.requireName(model);
    if (stateDir.toString().isEmpty()) {
      throw new IllegalArgumentException("state-dir must be a folder, not ''");
    }
  }

  /** Where metrics, health and `POST /retrain` are served. */
  public record Http(
      @Setting(byDefault = "127.0.0.1", help = "Address to listen on; 0.0.0.0 in containers.")
          String host,
      @Setting(byDefault = "8081", min = "0", max = "65535", help = "Port; 0 takes a free one.")
          int port,
      @Setting(
              byDefault = "",
              help =
                  "What `POST /retrain` must show as `Authorization: Bearer TOKEN`. If none is set,"
                      + " one is made up at the first start and kept in `http-token` in the"
                      + " `state-dir`, for its owner alone to read.")
          String token) {}

  /** Which network is trained, and on what input. */
  public record Network(
      @Setting(byDefault = "se-densenet-121", help = "A preset of the network catalogue.")
          String name,
      @Passthrough(
              separator = "-",
              help =
                  "Parameters of the preset to change, such as `network.options.growth-rate: 24`.")
          Map<String, String> options,
      @Setting(
              byDefault = "224",
              min = "1",
              max = "4096",
              help = "Width and height of the network's input, in pixels.")
          int size,
      @Setting(
              byDefault = "stretch",
              help =
                  "How an image that is no square becomes one, at training as at serving:"
                      + " `stretch`, `letterbox` (black beside it) or `center-crop` (short side to"
                      + " 8/7 of the size, the middle cut out).")
          Resize resize,
      @Setting(
              byDefault = "imagenet",
              help =
                  "Means and deviations that inputs are normalised with: `imagenet`, the training"
                      + " `data`'s own, or `none`.")
          NormalizationChoice normalization) {
    /** What becomes of an image before the network sees it. */
    public Framing framing() {
      return new Framing(size, resize);
    }
  }

  /** Where the means and deviations of the normalisation come from. */
  public enum NormalizationChoice {
    IMAGENET,
    DATA,
    NONE
  }

  /** Which images are held out. */
  public record Split(
      @Setting(
              byDefault = "0.2",
              min = "0",
              max = "1",
              help =
                  "Share of groups held out, by hash of `ocellus_group`; `ocellus_split`"
                      + " overrides.")
          double testFraction) {}

  /** When a run starts. */
  public record Retrain(
      @Setting(byDefault = "true", help = "Train at once where the topic has no checkpoint.")
          boolean onStart,
      @Setting(
              byDefault = "100",
              min = "0",
              max = "1000000000",
              help = "Train after this many new labels; 0 for never.")
          int afterLabels,
      @Setting(
              byDefault = "0ms",
              min = "0ms",
              max = "3650d",
              help = "Train at this interval; 0ms for never.")
          Duration interval,
      @Setting(
              byDefault = "5s",
              min = "0ms",
              max = "7d",
              help = "The labelled topic must have been quiet for this long before a run starts.")
          Duration quiet) {}

  /** What a candidate must reach to be published. */
  public record Gate(
      @Setting(
              byDefault = "0.02",
              min = "0",
              max = "1",
              help = "How much lower than the serving version its accuracy may be, overall.")
          double margin,
      @Setting(
              byDefault = "0.1",
              min = "0",
              max = "1",
              help = "How much lower it may be for any one class.")
          double classMargin) {}

  /** How versions are published, and which of those in the topic a run builds on. */
  public record Checkpoints(
      @Setting(
              byDefault = "5",
              min = "1",
              max = "1000",
              help =
                  "Versions kept in the topic. Where the trainer signs, those that no key that it trusts has signed are not"
                      + " counted and stay.")
          int keep,
      @Setting(
              byDefault = "",
              help =
                  "PEM file (PKCS#8) of the Ed25519 private key that versions are signed with, as"
                      + " `ocellus keys generate` writes it; with none, they are not signed.")
          Path signingKey,
      @Setting(
              byDefault = "",
              help =
                  "PEM files of public keys: a run is compared with, and starts from, only what one"
                      + " of these or the signing key has signed.")
          List<Path> publicKeys) {
    public Checkpoints {
      publicKeys = List.copyOf(publicKeys);
    }

    /** What versions are signed with, if they are. */
    public Optional<SigningKey> key() {
      return Optional.of(signingKey)
          .filter(file -> !file.toString().isEmpty())
          .map(SigningKey::read);
    }
  }
}

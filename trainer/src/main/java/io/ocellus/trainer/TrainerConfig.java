package io.ocellus.trainer;

import io.ocellus.config.Passthrough;
import io.ocellus.config.Setting;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.Resize;
import io.ocellus.service.DeviceChoice;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.TopicSettings;
import io.ocellus.trainer.data.Balance;
import io.ocellus.trainer.training.EpochSaving;
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
    Training training,
    Split split,
    Retrain retrain,
    Gate gate,
    Checkpoints checkpoints) {

  /** Where metrics, health and `POST /retrain` are served. */
  public record Http(
      @Setting(byDefault = "127.0.0.1", help = "Address to listen on; 0.0.0.0 in containers.")
          String host,
      @Setting(byDefault = "8081", help = "Port; 0 takes a free one.") int port,
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
      @Setting(byDefault = "224", help = "Width and height of the network's input, in pixels.")
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

  /** How a run learns. */
  public record Training(
      @Setting(byDefault = "30", help = "Passes over the training images.") int epochs,
      @Setting(byDefault = "32", help = "Images per step; halved when memory runs out.")
          int batchSize,
      @Setting(byDefault = "0.0001", help = "Learning rate at the start.") float learningRate,
      @Setting(
              byDefault = "adam",
              help =
                  "What moves the weights: `sgd`, `adam`, or `adamw`, whose decay is apart from its"
                      + " steps.")
          Algorithm optimizer,
      @Setting(byDefault = "0.9", help = "For `sgd`: share of the former direction; 0 for none.")
          float momentum,
      @Setting(byDefault = "false", help = "For `sgd`: Nesterov's form of momentum.")
          boolean nesterov,
      @Setting(
              byDefault = "0",
              help =
                  "How much weights shrink, such as 0.0001 for `sgd` and 0.05 for `adamw`; 0 for"
                      + " not at all.")
          float weightDecay,
      @Setting(
              byDefault = "0",
              help =
                  "Gradients are scaled down where together they are longer than this, such as 1; 0"
                      + " for never.")
          float clipNorm,
      @Setting(
              byDefault = "1",
              help =
                  "What multiplies the learning rate for the classification head; 10 is usual where"
                      + " the rest starts from learned weights.")
          float headLearningRateFactor,
      @Setting(
              byDefault = "false",
              help =
                  "Learn the classification head only; all else, batch norms' statistics too, stays"
                      + " as it starts.")
          boolean freezeBackbone,
      @Setting(
              byDefault = "cosine",
              help =
                  "How the learning rate falls: `constant`, `step`, `cosine` (epoch by epoch),"
                      + " `cosine-by-step`, `plateau` (where the held-out loss does not fall), or"
                      + " `one-cycle`, which first rises.")
          Schedule schedule,
      @Setting(
              byDefault = "0",
              help = "Epochs in which the learning rate rises from near zero, step by step.")
          int warmUpEpochs,
      @Setting(
              byDefault = "10",
              help =
                  "For `step`: epochs between two falls. For `plateau`: epochs without a lower loss"
                      + " that are let pass.")
          int stepEpochs,
      @Setting(byDefault = "0.1", help = "For `step` and `plateau`: what a fall multiplies by.")
          float stepFactor,
      @Setting(
              byDefault = "0",
              help = "Epochs without a better one after which a run ends early; 0 for never.")
          int patience,
      @Setting(
              byDefault = "0",
              help =
                  "Share of the former average that each step leaves, such as 0.999: the average of"
                      + " the weights is then what is measured and published; 0 for the weights as"
                      + " they are.")
          float averageDecay,
      @Setting(
              byDefault = "0",
              help =
                  "Share of each target that is spread evenly over all classes, such as 0.1; 0"
                      + " turns it off.")
          float labelSmoothing,
      @Setting(
              byDefault = "horizontal-flip, random-crop",
              help =
                  "What is done to training images at random, in this order; [what there"
                      + " is](augmentations.md).")
          List<String> augmentations,
      @Setting(
              byDefault = "none",
              help =
                  "Where classes have unequally many images: `oversample` repeats images of small"
                      + " classes, changed in another way each time; `class-weights` makes them"
                      + " count more in the loss.")
          Balance balance,
      @Setting(
              byDefault = "1",
              help =
                  "For `oversample`: share of the largest class's images that each class is to have"
                      + " at least.")
          double balanceShare,
      @Setting(
              byDefault = "false",
              help =
                  "Run each layer a second time on the way back, instead of keeping what its"
                      + " gradient needs: less memory for more time, the same result. For larger"
                      + " batches or images; [how much](benchmarks.md).")
          boolean efficientMemory,
      @Setting(
              byDefault = "false",
              help =
                  "Compute convolutions and matrix products in float16 and the rest in float32, as"
                      + " `torch.amp` does: faster on GPUs with tensor cores, slower on CPUs.")
          boolean mixedPrecision,
      @Setting(
              byDefault = "if-possible",
              help =
                  "Whether a run is saved after every epoch, so that it goes on from there when it"
                      + " is cut off: `never`; `if-possible`, which goes on training where a save"
                      + " fails, such as on a full disk, and says so; or `required`, which ends the"
                      + " run there.")
          EpochSaving saveEpochs,
      @Setting(
              byDefault = "true",
              help =
                  "Start from the serving version's weights where its network is the same; what its"
                      + " head knows of the classes is taken over by name, the rest of the head"
                      + " starts fresh.")
          boolean warmStart,
      @Setting(
              byDefault = "",
              help =
                  "File of published weights to start from (`.pth`, `.pt`, `.th` or `.safetensors`,"
                      + " told by content) where a run does not start from the serving version; a"
                      + " head of other classes is treated as there, one whose classes are not told"
                      + " is taken if it is of the same size.")
          Path initialWeights,
      @Setting(byDefault = "42", help = "Of every random choice of a run.") long seed) {
    /** The file to start from, if there is one. */
    public Optional<Path> initialWeightsFile() {
      return Optional.of(initialWeights).filter(file -> !file.toString().isEmpty());
    }
  }

  /** What moves the weights. */
  public enum Algorithm {
    SGD,
    ADAM,
    ADAMW
  }

  /** How the learning rate falls over a run. */
  public enum Schedule {
    CONSTANT,
    STEP,
    COSINE,
    COSINE_BY_STEP,
    PLATEAU,
    ONE_CYCLE
  }

  /** Which images are held out. */
  public record Split(
      @Setting(
              byDefault = "0.2",
              help =
                  "Share of groups held out, by hash of `ocellus_group`; `ocellus_split`"
                      + " overrides.")
          double testFraction) {}

  /** When a run starts. */
  public record Retrain(
      @Setting(byDefault = "true", help = "Train at once where the topic has no checkpoint.")
          boolean onStart,
      @Setting(byDefault = "100", help = "Train after this many new labels; 0 for never.")
          int afterLabels,
      @Setting(byDefault = "0ms", help = "Train at this interval; 0ms for never.")
          Duration interval,
      @Setting(
              byDefault = "5s",
              help = "The labelled topic must have been quiet for this long before a run starts.")
          Duration quiet) {}

  /** What a candidate must reach to be published. */
  public record Gate(
      @Setting(
              byDefault = "0.02",
              help = "How much lower than the serving version its accuracy may be, overall.")
          double margin,
      @Setting(byDefault = "0.1", help = "How much lower it may be for any one class.")
          double classMargin) {}

  /** How versions are published, and which of those in the topic a run builds on. */
  public record Checkpoints(
      @Setting(byDefault = "5", help = "Versions kept in the topic.") int keep,
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

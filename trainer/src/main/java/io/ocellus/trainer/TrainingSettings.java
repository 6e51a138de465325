package io.ocellus.trainer;

import io.ocellus.config.Setting;
import io.ocellus.trainer.data.Balance;
import io.ocellus.trainer.training.EpochSaving;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a run learns. */
public record TrainingSettings(
    @Setting(byDefault = "30", min = "1", max = "100000", help = "Passes over the training images.")
        int epochs,
    @Setting(
            byDefault = "32",
            min = "1",
            max = "65536",
            help = "Images per step; halved when memory runs out.")
        int batchSize,
    @Setting(byDefault = "0.0001", min = "1e-9", max = "100", help = "Learning rate at the start.")
        float learningRate,
    @Setting(
            byDefault = "adam",
            help =
                "What moves the weights: `sgd`, `adam`, or `adamw`, whose decay is apart from its"
                    + " steps.")
        Algorithm optimizer,
    @Setting(
            byDefault = "0.9",
            min = "0",
            max = "0.9999",
            help = "For `sgd`: share of the former direction; 0 for none.")
        float momentum,
    @Setting(byDefault = "false", help = "For `sgd`: Nesterov's form of momentum.")
        boolean nesterov,
    @Setting(
            byDefault = "0",
            min = "0",
            max = "10",
            help =
                "How much weights shrink, such as 0.0001 for `sgd` and 0.05 for `adamw`; 0 for"
                    + " not at all.")
        float weightDecay,
    @Setting(
            byDefault = "0",
            min = "0",
            max = "1000000",
            help =
                "Gradients are scaled down where together they are longer than this, such as 1; 0"
                    + " for never.")
        float clipNorm,
    @Setting(
            byDefault = "1",
            min = "0",
            max = "1000",
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
            min = "0",
            max = "100000",
            help = "Epochs in which the learning rate rises from near zero, step by step.")
        int warmUpEpochs,
    @Setting(
            byDefault = "10",
            min = "1",
            max = "100000",
            help =
                "For `step`: epochs between two falls. For `plateau`: epochs without a lower loss"
                    + " that are let pass.")
        int stepEpochs,
    @Setting(
            byDefault = "0.1",
            min = "1e-6",
            max = "1",
            help = "For `step` and `plateau`: what a fall multiplies by.")
        float stepFactor,
    @Setting(
            byDefault = "0",
            min = "0",
            max = "100000",
            help = "Epochs without a better one after which a run ends early; 0 for never.")
        int patience,
    @Setting(
            byDefault = "0",
            min = "0",
            max = "0.999999",
            help =
                "Share of the former average that each step leaves, such as 0.999: the average of"
                    + " the weights is then what is measured and published; 0 for the weights as"
                    + " they are.")
        float averageDecay,
    @Setting(
            byDefault = "0",
            min = "0",
            max = "0.999",
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
            min = "1e-6",
            max = "1",
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
    @Setting(
            byDefault = "",
            help =
                "Which weights of `training.initial-weights` to take, where the file has several"
                    + " that fit: the keys that lead to them, such as `model_ema` or"
                    + " `state_dict.model`.")
        String initialWeightsKey,
    @Setting(byDefault = "42", help = "Of every random choice of a run.") long seed) {
  /** The file to start from, if there is one. */
  public Optional<Path> initialWeightsFile() {
    return Optional.of(initialWeights).filter(file -> !file.toString().isEmpty());
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
}

package io.ocellus.trainer;

import io.ocellus.config.ConfigurationException;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.network.TrainingMode;
import io.ocellus.trainer.augment.Augmentations;
import io.ocellus.trainer.data.Balance;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.optim.Adam;
import io.ocellus.trainer.optim.LearningRates;
import io.ocellus.trainer.optim.OneCycle;
import io.ocellus.trainer.optim.Optimization;
import io.ocellus.trainer.optim.Optimizer;
import io.ocellus.trainer.optim.Plateau;
import io.ocellus.trainer.optim.Sgd;
import io.ocellus.trainer.optim.WarmUp;
import io.ocellus.trainer.training.ChannelStatistics;
import io.ocellus.trainer.training.CrossEntropy;
import io.ocellus.trainer.training.Plan;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the plan of a run from the settings. */
public final class Plans {
  private static final Logger log = LoggerFactory.getLogger(Plans.class);

  private Plans() {}

  /**
   * The plan.
   *
   * @param start weights to go on from; empty for fresh ones
   */
  public static Plan of(
      TrainerConfig config,
      NetworkSpec network,
      Dataset data,
      PixelSource pixels,
      Optional<StateDict> start) {
    TrainingSettings training = config.training();
    return new Plan(
        network,
        normalization(config, data, pixels),
        balanced(training, data),
        pixels,
        training.epochs(),
        training.batchSize(),
        training.patience(),
        rates(training),
        optimization(training),
        Augmentations.of(training.augmentations()),
        new CrossEntropy(training.labelSmoothing(), weights(training, data)),
        new TrainingMode(training.efficientMemory(), training.mixedPrecision()),
        start,
        training.seed());
  }

  /**
   * Says what is wrong with these settings before there are images to train on.
   *
   * @throws ConfigurationException or {@link IllegalArgumentException}, naming the setting
   */
  public static void check(TrainerConfig config) {
    check(config.training());
    Network network = network(config.network());
    config
        .training()
        .initialWeightsFile()
        .map(
            file ->
                ConfigurationException.naming(
                    "training.initial-weights",
                    () ->
                        Starts.fromFile(
                            file,
                            config.training().initialWeightsKey(),
                            network,
                            List.of(),
                            config.training().seed())))
        .ifPresent(start -> log.info("training.initial-weights can be used: {}", start.account()));
  }

  private static Network network(TrainerConfig.Network settings) {
    NetworkSpec spec = new NetworkSpec(settings.name(), 2, settings.options());
    Network network =
        ConfigurationException.naming(
            "network.name and network.options", () -> Networks.create(spec));
    return ConfigurationException.naming(
        "network.size",
        () -> {
          network.checkTakes(settings.size());
          return network;
        });
  }

  private static void check(TrainingSettings training) {
    rates(training);
    optimization(training);
    try {
      Augmentations.of(training.augmentations());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("training.augmentations: " + e.getMessage(), e);
    }
  }

  private static Dataset balanced(TrainingSettings training, Dataset data) {
    return training.balance() == Balance.OVERSAMPLE
        ? new Dataset(
            data.classes(),
            Balance.oversampled(
                data.train(), data.classes().size(), training.balanceShare(), training.seed()),
            data.test())
        : data;
  }

  private static List<Float> weights(TrainingSettings training, Dataset data) {
    return training.balance() == Balance.CLASS_WEIGHTS
        ? Balance.weights(data.train(), data.classes().size())
        : List.of();
  }

  private static Normalization normalization(
      TrainerConfig config, Dataset data, PixelSource pixels) {
    return switch (config.network().normalization()) {
      case IMAGENET -> Normalization.IMAGENET;
      case NONE -> Normalization.NONE;
      case DATA -> ChannelStatistics.of(data.train(), pixels);
    };
  }

  private static Optimization optimization(TrainingSettings training) {
    return new Optimization(
        optimizer(training),
        training.clipNorm(),
        training.headLearningRateFactor(),
        training.freezeBackbone(),
        training.averageDecay());
  }

  private static Optimizer optimizer(TrainingSettings training) {
    return switch (training.optimizer()) {
      case SGD -> new Sgd(training.momentum(), training.nesterov(), training.weightDecay());
      case ADAM -> Adam.coupled(training.weightDecay());
      case ADAMW -> Adam.decoupled(training.weightDecay());
    };
  }

  private static LearningRates rates(TrainingSettings training) {
    LearningRates rates = schedule(training);
    int warmUp = training.warmUpEpochs();
    return warmUp == 0 ? rates : new WarmUp(warmUp, rates);
  }

  private static LearningRates schedule(TrainingSettings training) {
    float rate = training.learningRate();
    return switch (training.schedule()) {
      case CONSTANT -> new LearningRates.Constant(rate);
      case STEP -> new LearningRates.Step(rate, training.stepEpochs(), training.stepFactor());
      case COSINE -> new LearningRates.Cosine(rate, false);
      case COSINE_BY_STEP -> new LearningRates.Cosine(rate, true);
      case PLATEAU -> new Plateau(rate, training.stepFactor(), training.stepEpochs());
      case ONE_CYCLE -> new OneCycle(rate);
    };
  }
}

package io.ocellus.trainer.publish;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.StateDict;
import io.ocellus.network.TorchScript;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.EpochResult;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.NetworkOnDevice;
import io.ocellus.trainer.training.Predictions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateFilesTest {
  private static final int SIZE = 32;

  @TempDir Path folder;

  @Test
  void filesAreReadBackAndComputeWhatWasTrained() {
    assertThatCode(() -> CandidateFiles.write(candidate(1), List.of("a", "b"), SIZE, folder))
        .doesNotThrowAnyException();
  }

  @Test
  void aDeployGraphThatComputesOtherwiseIsNotPublished() throws Exception {
    Candidate candidate = candidate(1);
    CandidateFiles.write(candidate, List.of("a", "b"), SIZE, folder);
    Path model = folder.resolve(Checkpoint.MODEL);
    TorchScript.write(
        candidate.network(), candidate(2).weights(), candidate.normalization(), model);

    assertThatThrownBy(() -> FilesCheck.check(candidate, SIZE, folder))
        .isInstanceOf(UnfaithfulFilesException.class)
        .hasMessageContaining("model.pt does not compute what was trained");

    TorchScript.write(candidate.network(), candidate.weights(), Normalization.NONE, model);
    assertThatThrownBy(() -> FilesCheck.check(candidate, SIZE, folder))
        .hasMessageContaining("Nothing is published");

    Files.write(model, new byte[] {'P', 'K'});
    assertThatThrownBy(() -> FilesCheck.check(candidate, SIZE, folder))
        .isInstanceOf(UnfaithfulFilesException.class)
        .hasMessageContaining("model.pt does not run");
  }

  @Test
  void whatIsNoNumberIsNotPublishedEither() {
    assertThatThrownBy(() -> FilesCheck.compare(new float[] {1, Float.NaN}, new float[] {1, 2}))
        .isInstanceOf(UnfaithfulFilesException.class);
    assertThatThrownBy(() -> FilesCheck.compare(new float[] {1}, new float[] {1, 2}))
        .isInstanceOf(UnfaithfulFilesException.class);
  }

  private static Candidate candidate(int seed) {
    Network network = Networks.create(new NetworkSpec("se-densenet-light", 2));
    StateDict weights;
    try (NetworkOnDevice fresh = new NetworkOnDevice(network, SIZE, Device.cpu(), seed)) {
      weights = fresh.stateDict();
    }
    Evaluation evaluation = new Evaluation(1, 0.5, 1, Map.of("a", 1.0));
    EpochResult epoch = new EpochResult(1, 0.1f, evaluation, evaluation, true, Duration.ZERO);
    Predictions predictions = new Predictions(List.of("a"), new int[] {0}, new float[] {1, 0}, 2);
    return new Candidate(
        network, weights, Normalization.IMAGENET, epoch, List.of(epoch), predictions);
  }
}

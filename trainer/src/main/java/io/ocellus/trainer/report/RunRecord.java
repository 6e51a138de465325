package io.ocellus.trainer.report;

import io.ocellus.checkpoint.Lineage;
import io.ocellus.image.Framing;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a run leaves to be reported.
 *
 * @param model name that versions are counted under
 * @param outcome what became of the candidate, for people, such as the gate's words; may be empty
 * @param candidate what the run came to
 * @param classes labels in the order of the logits
 * @param framing of the pixels
 * @param lineage where the candidate comes from
 * @param parent the version that it was compared with
 * @param test how the candidate does on images that did not choose the epoch, where there are any
 * @param pixels of a held-out image by its id: red, green and blue planes of unsigned bytes; empty
 *     where it is gone
 */
public record RunRecord(
    String model,
    String outcome,
    Candidate candidate,
    List<String> classes,
    Framing framing,
    Lineage lineage,
    Optional<Parent> parent,
    Optional<Judgement> test,
    Function<String, Optional<byte[]>> pixels) {
  public RunRecord {
    classes = List.copyOf(classes);
  }

  /**
   * The version that the candidate was compared with.
   *
   * @param version its number
   * @param evaluation of it on the same held-out images
   * @param history of its own run; empty where it is not known
   */
  public record Parent(int version, Evaluation evaluation, List<EpochFigures> history) {}
}

package io.ocellus.trainer.folder;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.Judgement;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run on files came to.
 *
 * @param manifest of the checkpoint
 * @param folder where it lies
 * @param division of the images
 * @param candidate the best epoch, and all others
 * @param val how it does on the images that chose it, which flatters it
 * @param test how it does on images that nothing was chosen by; empty where there are none
 */
public record LocalResult(
    Manifest manifest,
    Path folder,
    Division division,
    Candidate candidate,
    Judgement val,
    Optional<Judgement> test) {}

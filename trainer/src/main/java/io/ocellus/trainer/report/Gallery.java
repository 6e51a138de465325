package io.ocellus.trainer.report;

import io.ocellus.network.ActivationMaps;
import io.ocellus.page.Note;
import io.ocellus.page.Pictures;
import io.ocellus.page.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Held-out images to look at: the most confident mistakes, and where classes are seen. */
final class Gallery {
  private static final int MISTAKES = 12;
  private static final int MAPS = 10;

  private final RunRecord run;
  private final Measured measured;

  Gallery(RunRecord run, Measured measured) {
    this.run = run;
    this.measured = measured;
  }

  Section mistakes() {
    List<Pictures.Picture> pictures = new ArrayList<>();
    for (int image : byConfidence().filter(i -> !measured.right(i)).limit(MISTAKES).toList()) {
      photo(image).ifPresent(photo -> pictures.add(picture(image, photo.uri())));
    }
    return pictures.isEmpty()
        ? Section.of("Mistakes", "", new Note("No held-out image was taken for another class."))
        : Section.of(
            "Most confident mistakes",
            "Wrong labels show up here first, and so do classes that look alike.",
            new Pictures(pictures));
  }

  /** Where the network saw the class that it chose; empty for networks that cannot say. */
  Optional<Section> maps() {
    Optional<ActivationMaps> maps =
        ActivationMaps.of(
            run.candidate().network(), run.candidate().weights(), run.framing().size());
    try (ActivationMaps made = maps.orElse(null)) {
      return made == null ? Optional.empty() : Optional.of(maps(made));
    }
  }

  private Section maps(ActivationMaps maps) {
    List<Pictures.Picture> pictures = new ArrayList<>();
    for (int image : telling()) {
      photo(image)
          .ifPresent(
              photo -> {
                float[] input = photo.normalized(run.candidate().normalization());
                int predicted = measured.predictions().predicted(image);
                pictures.add(picture(image, photo.uri(maps.of(input, predicted))));
              });
    }
    return Section.of(
        "Where the network looks",
        "Class activation maps (Grad-CAM) of the class that was chosen: yellow is where it was"
            + " seen. Light on a background, a ruler or a label says that the network learned the"
            + " wrong thing.",
        new Pictures(pictures));
  }

  /** The surest right image of each class, then the surest mistakes. */
  private List<Integer> telling() {
    Stream<Integer> right =
        IntStream.range(0, run.classes().size())
            .boxed()
            .flatMap(
                label ->
                    byConfidence()
                        .filter(i -> measured.right(i))
                        .filter(i -> measured.predictions().labels()[i] == label)
                        .limit(1))
            .limit(MAPS - 2);
    Stream<Integer> wrong = byConfidence().filter(i -> !measured.right(i));
    return Stream.concat(right, wrong).limit(MAPS).toList();
  }

  private Stream<Integer> byConfidence() {
    return IntStream.range(0, measured.predictions().images())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -measured.confidence(i)));
  }

  private Optional<Photo> photo(int image) {
    return run.pixels()
        .apply(measured.predictions().ids().get(image))
        .map(planes -> new Photo(planes, run.framing().size()));
  }

  private Pictures.Picture picture(int image, String uri) {
    String predicted = run.classes().get(measured.predictions().predicted(image));
    String label = run.classes().get(measured.predictions().labels()[image]);
    String id = measured.predictions().ids().get(image);
    return new Pictures.Picture(
        uri,
        "%s%s, %s"
            .formatted(
                measured.right(image) ? "" : "taken for ",
                predicted,
                Figure.percent(measured.confidence(image))),
        measured.right(image) ? id : "is %s%n%s".formatted(label, id));
  }
}

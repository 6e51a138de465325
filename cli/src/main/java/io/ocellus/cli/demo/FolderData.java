package io.ocellus.cli.demo;

import io.ocellus.cli.data.DeviceImage;
import io.ocellus.cli.data.DeviceImages;
import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.data.LabelledFile;
import io.ocellus.cli.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody's own images. The {@code test} part is streamed and never trained on, {@code val} is
 * what the trainer measures on; where there are no parts, a fifth of each class's groups is
 * streamed. Groups stay together.
 */
final class FolderData implements DemoData {
  private static final double STREAMED = 0.2;
  private static final double FIRST = 0.4;
  private static final long SEED = 42;

  private final Path root;
  private final List<LabelledFile> first = new ArrayList<>();
  private final List<LabelledFile> more = new ArrayList<>();
  private final List<LabelledFile> streamed;
  private final boolean measuring;

  FolderData(Path root, Optional<Pattern> groupRegex) {
    this.root = root;
    ImageFolder folder = ImageFolder.read(root, groupRegex);
    boolean parted = folder.files().stream().anyMatch(file -> file.split().isPresent());
    Set<String> held = parted ? Set.of() : share(folder.files(), STREAMED);
    streamed = shuffled(parted ? test(folder) : of(folder.files(), held, true));
    List<LabelledFile> train = parted ? folder.part(Split.TRAIN) : of(folder.files(), held, false);
    Set<String> early = share(train, FIRST);
    first.addAll(of(train, early, true));
    more.addAll(of(train, early, false));
    if (streamed.isEmpty() || first.isEmpty() || more.isEmpty()) {
      throw new DemoException(
          "%s has too little: the demo needs images to train on at first, to add, and to stream"
              .formatted(root));
    }
    measuring = !folder.part(Split.TEST).isEmpty() && !folder.part(Split.VAL).isEmpty();
    if (measuring) {
      first.addAll(folder.part(Split.VAL));
    }
  }

  /** What is streamed: the part that is looked at last. */
  private static List<LabelledFile> test(ImageFolder folder) {
    List<LabelledFile> test = folder.part(Split.TEST);
    return test.isEmpty() ? folder.part(Split.VAL) : test;
  }

  /** A share of every class's groups, chosen at random but always the same. */
  private static Set<String> share(List<LabelledFile> files, double share) {
    TreeMap<String, TreeSet<String>> groups = new TreeMap<>();
    files.forEach(
        file -> groups.computeIfAbsent(file.label(), c -> new TreeSet<>()).add(group(file)));
    Set<String> chosen = new HashSet<>();
    groups.values().forEach(all -> chosen.addAll(someOf(all, share)));
    return chosen;
  }

  private static List<String> someOf(Set<String> groups, double share) {
    List<String> order = new ArrayList<>(groups);
    Collections.shuffle(order, new Random(SEED));
    return order.subList(0, (int) Math.ceil(share * order.size()));
  }

  private static List<LabelledFile> of(List<LabelledFile> files, Set<String> groups, boolean in) {
    return files.stream().filter(file -> groups.contains(group(file)) == in).toList();
  }

  private static String group(LabelledFile file) {
    return file.group().orElse(file.id());
  }

  private static List<LabelledFile> shuffled(List<LabelledFile> files) {
    List<LabelledFile> order = new ArrayList<>(files);
    Collections.shuffle(order, new Random(SEED));
    return order;
  }

  @Override
  public List<String> description() {
    return List.of(
        "Images of %s: %s.".formatted(root, String.join(", ", classes())),
        "%d are labelled for version 1, %d more for version 2; %d others are streamed, over and over."
            .formatted(first.size(), more.size(), streamed.size()));
  }

  private Set<String> classes() {
    Set<String> classes = new TreeSet<>();
    Stream.of(first, more, streamed).forEach(l -> l.forEach(file -> classes.add(file.label())));
    return classes;
  }

  @Override
  public List<LabelledImage> first() {
    return first.stream().map(this::labelled).toList();
  }

  @Override
  public List<LabelledImage> more() {
    return more.stream().map(this::labelled).toList();
  }

  @Override
  public Iterator<DeviceImage> stream() {
    return DeviceImages.labelled(streamed);
  }

  /** The trainer is told of the parts where one of them is for measuring. */
  private LabelledImage labelled(LabelledFile file) {
    return new LabelledImage(
        file.id(),
        file.label(),
        file.group(),
        measuring ? file.split() : Optional.empty(),
        () -> read(file.path()));
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

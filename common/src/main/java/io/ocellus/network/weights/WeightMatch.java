package io.ocellus.network.weights;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.Network;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import io.ocellus.network.graph.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Weights from elsewhere held against a network, entry by entry. They fit where all but the head is
 * there and of the same shape and nothing is left over. A head for other classes, or none, is no
 * obstacle: the network's starts fresh, but for the rows of classes that both know. Neither are
 * auxiliary classifiers, losses, metrics and counters, which only train, nor batch norms without
 * {@code num_batches_tracked}, which files of PyTorch before 0.4.1 lack: they count from zero.
 */
public final class WeightMatch {
  private static final Pattern AUXILIARY =
      Pattern.compile(
          "(aux\\d*|AuxLogits|aux_classifier|criterion|loss(es|_fn|_func)?|(\\w+_)?metrics?)\\..*"
              + "|n_averaged|(global_)?step|epoch|iteration");

  private final Network network;
  private final StateDict weights;
  private final HeadRows rows;
  private final List<String> matched = new ArrayList<>();
  private final List<String> fresh = new ArrayList<>();
  private final List<String> counters = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> otherShape = new ArrayList<>();
  private final List<String> leftOver = new ArrayList<>();
  private final List<String> auxiliary = new ArrayList<>();

  private WeightMatch(Network network, StateDict weights, HeadRows rows) {
    this.network = network;
    this.weights = weights;
    this.rows = rows;
  }

  /** Compares, with no regard to what the classes are; throws nothing, whatever the weights are. */
  public static WeightMatch of(Network network, StateDict weights) {
    return of(network, weights, List.of(), List.of());
  }

  /**
   * Compares, and takes the head over by the names of its classes.
   *
   * @param theirs classes of the weights in the order of their logits; empty where nobody knows
   *     them, and then a head of the same size is taken as it is, and that said
   * @param ours classes of the network in that order
   */
  public static WeightMatch of(
      Network network, StateDict weights, List<String> theirs, List<String> ours) {
    HeadRows rows = new HeadRows(isOfHead(network, weights, theirs) ? theirs : List.of(), ours);
    WeightMatch match = new WeightMatch(network, weights, rows);
    Map<String, ParameterSpec> wanted = network.stateDictSpecs();
    wanted.forEach((key, spec) -> match.listFor(key, spec).add(key));
    match.wholeHeadOrNone();
    for (String key : weights.entries().keySet()) {
      if (!wanted.containsKey(key)) {
        (AUXILIARY.matcher(key).matches() ? match.auxiliary : match.leftOver).add(key);
      }
    }
    return match;
  }

  /** Whether the head of the weights has a row for each of those classes. */
  private static boolean isOfHead(Network network, StateDict weights, List<String> classes) {
    return weights.entries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(network.head() + "."))
        .map(entry -> entry.getValue().shape())
        .allMatch(shape -> shape.length > 0 && shape[0] == classes.size());
  }

  private List<String> listFor(String key, ParameterSpec spec) {
    Tensor found = weights.entries().get(key);
    long[] shape = spec.shape().getShape();
    if (found == null) {
      return !spec.isArray() ? counters : isHead(key) ? fresh : missing;
    }
    if (isHead(key) && differsInClassesOnly(found.shape(), shape)) {
      boolean whole = rows.asTheyAre() ? found.shape()[0] == shape[0] : rows.allKnown();
      return whole ? matched : fresh;
    }
    return (spec.isArray() ? Arrays.equals(found.shape(), shape) : found.values().length == 1)
        ? matched
        : otherShape;
  }

  private void wholeHeadOrNone() {
    if (!fresh.isEmpty()) {
      matched.stream().filter(this::isHead).forEach(fresh::add);
      matched.removeAll(fresh);
    }
  }

  private boolean isHead(String key) {
    return key.startsWith(network.head() + ".");
  }

  private static boolean differsInClassesOnly(long[] one, long[] other) {
    return one.length == other.length && Arrays.equals(one, 1, one.length, other, 1, other.length);
  }

  /** Entries of the network that the weights have. */
  public List<String> matched() {
    return List.copyOf(matched);
  }

  /** Entries of the head that start fresh, all or some of their rows. */
  public List<String> fresh() {
    return List.copyOf(fresh);
  }

  /** Entries of the network below its head that the weights lack: PyTorch's missing keys. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** Entries that both have, in different shapes. */
  public List<String> otherShape() {
    return List.copyOf(otherShape);
  }

  /** Entries that the network has not: PyTorch's unexpected keys, without {@link #auxiliary}. */
  public List<String> leftOver() {
    return List.copyOf(leftOver);
  }

  /** Entries of classifiers that only train, which nothing needs. */
  public List<String> auxiliary() {
    return List.copyOf(auxiliary);
  }

  /** Whether the network can start from them. */
  public boolean fits() {
    return missing.isEmpty() && otherShape.isEmpty() && leftOver.isEmpty();
  }

  /** Whether nothing of the network starts fresh. */
  public boolean isComplete() {
    return fits() && fresh.isEmpty();
  }

  /** Whether the head starts fresh but for the rows of some classes. */
  public boolean keepsRows() {
    return fits() && !fresh.isEmpty() && hasRowsToKeep();
  }

  private boolean hasRowsToKeep() {
    return !rows.asTheyAre()
        && !rows.noneKnown()
        && fresh.stream().allMatch(weights.entries()::containsKey);
  }

  /**
   * The network's state dict: what matches, and Xavier's for what is fresh of the head.
   *
   * @param seed of what is fresh
   * @throws UnfitWeightsException where they do not fit
   */
  public StateDict stateDict(long seed) {
    if (!fits()) {
      throw new UnfitWeightsException(toString());
    }
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> entries = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach((key, spec) -> entries.put(key, entry(key, spec.shape().getShape(), random)));
    return new StateDict(entries);
  }

  private Tensor entry(String key, long[] shape, SplittableRandom random) {
    Tensor found = weights.entries().get(key);
    if (fresh.contains(key)) {
      Tensor drawn = Xavier.uniform(shape, random);
      return hasRowsToKeep() ? rows.over(drawn, found) : drawn;
    }
    if (isHead(key) && !rows.asTheyAre()) {
      return rows.over(new Tensor(shape, new float[Tensor.elements(shape)]), found);
    }
    return new Tensor(shape, found == null ? new float[1] : found.values());
  }

  /** In a line: what matches, what does not, what becomes of it. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%d of %d entries of %s match"
            .formatted(matched.size(), network.stateDictSpecs().size(), network.spec().name()));
    head().ifPresent(parts::add);
    if (!counters.isEmpty()) {
      parts.add("%d counters of batches are not there and start at 0".formatted(counters.size()));
    }
    parts.addAll(said("missing", KeyGroups.of(missing)));
    parts.addAll(said("of another shape", shapes()));
    parts.addAll(said("left over", KeyGroups.of(leftOver)));
    parts.addAll(said("not needed (they only train)", KeyGroups.of(auxiliary)));
    return String.join("; ", parts);
  }

  private Optional<String> head() {
    if (fresh.isEmpty()) {
      String account =
          rows.unnamed()
              ? "is taken as it is, as nothing says what its classes are: it suits where they are "
                  + rows.wanted()
              : rows.asTheyAre() ? "" : rows.account();
      return Optional.of(account).filter(text -> !text.isEmpty()).map(this::ofHead);
    }
    if (hasRowsToKeep()) {
      return Optional.of(ofHead(rows.account()));
    }
    Tensor theirs = weights.entries().get(fresh.get(0));
    return Optional.of(
        ofHead(
            "starts fresh, for %d classes%s"
                .formatted(
                    network.spec().classes(),
                    theirs == null ? "" : " (there it has %d)".formatted(theirs.shape()[0]))));
  }

  private String ofHead(String account) {
    return "the head %s %s".formatted(network.head(), account);
  }

  private List<String> shapes() {
    if (otherShape.isEmpty()) {
      return List.of();
    }
    List<String> groups = KeyGroups.of(otherShape);
    String first = otherShape.get(0);
    groups.set(
        groups.size() - 1,
        "%s (%s is %s here, %s there)"
            .formatted(
                groups.get(groups.size() - 1),
                first,
                network.stateDictSpecs().get(first).shape(),
                new Shape(weights.get(first).shape())));
    return groups;
  }

  private static List<String> said(String what, List<String> groups) {
    return groups.isEmpty() ? List.of() : List.of(what + ": " + String.join(", ", groups));
  }
}

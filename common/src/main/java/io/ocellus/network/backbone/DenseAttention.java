package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * An attention and the places of a {@link DenseNet} where it stands. The published SE-DenseNets
 * differ in nothing else.
 *
 * @param attention the same in every place, with weights of its own in each
 * @param places where
 */
public record DenseAttention(Attention attention, Set<Place> places) {
  private static final Map<String, Place> NAMES =
      Map.of(
          "stem", Place.STEM,
          "block-input", Place.BLOCK_INPUT,
          "layer-input", Place.LAYER_INPUT,
          "layer", Place.LAYER,
          "block", Place.BLOCK,
          "last", Place.LAST,
          "transition", Place.TRANSITION,
          "norm", Place.NORM);

  /** A place. Each but {@link #STEM}, {@link #LAST} and {@link #NORM} is there several times. */
  public enum Place {
    /** On what the stem gives. */
    STEM,
    /** On what each dense block takes, which from the second on is what a transition gives. */
    BLOCK_INPUT,
    /** On all the maps that each layer takes. */
    LAYER_INPUT,
    /** On the new maps of each layer, before they are concatenated. */
    LAYER,
    /** On what each dense block gives. */
    BLOCK,
    /** On what the last dense block gives. */
    LAST,
    /** On what each transition takes: behind each dense block but the last. */
    TRANSITION,
    /** On what the last batch norm gives. */
    NORM
  }

  public DenseAttention {
    places = Set.copyOf(places);
  }

  /** What {@code attention} and {@code attention-at} say: names of places between commas. */
  static DenseAttention of(Options options) {
    return new DenseAttention(
        Attentions.of(options), EnumSet.copyOf(options.choices("attention-at", "layer", NAMES)));
  }

  /** With the attention on it where that is one of its places. */
  Value apply(Place place, GraphBuilder graph, Value x) {
    return places.contains(place) ? attention.apply(graph, x) : x;
  }

  /** As {@link #apply} for the end of a dense block. */
  Value applyToBlock(boolean last, GraphBuilder graph, Value x) {
    return apply(last && !places.contains(Place.BLOCK) ? Place.LAST : Place.BLOCK, graph, x);
  }
}

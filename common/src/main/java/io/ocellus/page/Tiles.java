package io.ocellus.page;

import java.util.List;

/**
 * Figures that matter most, large.
 *
 * @param tiles from left to right
 */
public record Tiles(List<Tile> tiles) implements Block {
  /**
   * One figure.
   *
   * @param value as it is shown
   * @param name what it is
   * @param note what it is to be held against; may be empty
   */
  public record Tile(String value, String name, String note) {}

  public Tiles {
    tiles = List.copyOf(tiles);
  }

  @Override
  public String html() {
    return Templates.render("tiles", this);
  }
}

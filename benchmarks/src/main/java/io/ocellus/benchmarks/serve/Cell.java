package io.ocellus.benchmarks.serve;

import java.util.List;

/**
 * One cell of the matrix, measured.
 *
 * @param partitions of the topics
 * @param images what they are
 * @param imageBytes of one, on average
 * @param backlog images of a backlog
 * @param figures of each contender
 * @param turns that count, as they were measured
 */
record Cell(
    Input input,
    int partitions,
    String images,
    int imageBytes,
    int backlog,
    List<Figures> figures,
    List<Turn> turns) {
  String title() {
    return "%s, %d px, %s, %d partition%s"
        .formatted(input.network(), input.size(), images, partitions, partitions == 1 ? "" : "s");
  }
}

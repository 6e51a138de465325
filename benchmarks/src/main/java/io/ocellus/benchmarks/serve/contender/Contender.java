package io.ocellus.benchmarks.serve.contender;

/** One way to classify images, at work in a process of its own. */
interface Contender extends AutoCloseable {
  /** What computes, with its version. */
  String runtime();

  /**
   * Does what is asked, and says what it took. Who serves a topic is asked by images alone.
   *
   * @param question one line
   * @return one line
   */
  default String answer(String question) {
    throw new UnsupportedOperationException(question);
  }

  @Override
  void close();
}

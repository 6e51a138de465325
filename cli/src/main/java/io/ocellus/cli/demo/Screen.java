package io.ocellus.cli.demo;

import io.ocellus.cli.Terminal;
import java.io.PrintStream;
import java.util.List;

/** Where the demo shows itself: lines that stay and, below them, what moves. */
interface Screen extends AutoCloseable {
  /** What moves. */
  interface Live {
    /** All of it, for a terminal that redraws it in place. */
    List<String> lines();

    /** The gist of it in one line, for what cannot redraw. */
    String line();
  }

  /** Prints a line that stays. */
  void say(String line);

  /** Shows what moves, from now on and instead of what moved before. */
  void follow(Live live);

  /** Ends the moving part, leaving its last state where it is. */
  void freeze();

  @Override
  void close();

  /** A terminal's screen where this is one ({@code ./ocellus} knows), else plain lines. */
  static Screen ofThisProcess() {
    PrintStream out = System.out;
    return Terminal.present() ? new TerminalScreen(out) : new PlainScreen(out);
  }
}

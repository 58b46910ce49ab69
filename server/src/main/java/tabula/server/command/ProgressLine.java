package tabula.server.command;

import java.io.Console;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * One line that is written over again and again; a line of its own each time where nobody looks on.
 */
final class ProgressLine {

  private static final long QUIET_NANOS = 15_000_000_000L;

  private final PrintStream out;
  private final boolean terminal = isTerminal();
  private long lastLine = System.nanoTime() - QUIET_NANOS;
  private int width;

  ProgressLine(PrintStream out) {
    this.out = out;
  }

  private static boolean isTerminal() {
    // Null where the error stream alone is a terminal, too: then nobody is shown a line that moves.
    @Nullable Console console = System.console();
    return console != null && console.isTerminal();
  }

  synchronized void show(String text) {
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      out.flush();
      width = text.length();
    } else if (System.nanoTime() - lastLine > QUIET_NANOS) {
      lastLine = System.nanoTime();
      out.println(text);
    }
  }

  /** A line that stays. */
  synchronized void note(String text) {
    clear();
    out.println(text);
  }

  synchronized void clear() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  /** Such as {@code 12:05}, minutes and seconds. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    return "%d:%02d".formatted(whole / 60, whole % 60);
  }
}

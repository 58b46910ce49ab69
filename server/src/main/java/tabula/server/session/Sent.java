package tabula.server.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The frames of a session that were sent last, so that a client who comes back gets what it missed.
 */
final class Sent {

  private static final int MOST_FRAMES = 32;
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final ArrayDeque<String> frames = new ArrayDeque<>(4);
  private int characters;
  private long lastSeq;

  /** The number of the newest frame; 0 before the first. */
  long lastSeq() {
    return lastSeq;
  }

  /** The number of the next frame, which must then be {@link #keep kept}. */
  long nextSeq() {
    return lastSeq + 1;
  }

  void keep(String frame) {
    lastSeq++;
    frames.add(frame);
    characters += frame.length();
    while (frames.size() > MOST_FRAMES || characters > MOST_CHARACTERS) {
      characters -= frames.remove().length();
    }
  }

  /** Something was not said that should have been: whoever missed it must be told all anew. */
  void lose() {
    frames.clear();
    characters = 0;
    lastSeq++;
  }

  /** What followed a frame; empty if that is no longer known. */
  Optional<List<String>> after(long seq) {
    long missed = lastSeq - seq;
    return missed < 0 || missed > frames.size()
        ? Optional.empty()
        : Optional.of(frames.stream().skip(frames.size() - missed).toList());
  }
}

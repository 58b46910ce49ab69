package tabula.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What a training hears from the server that started it, a word a line: {@code live}, {@code pause}
 * or {@code stop}. The end of the input is a pause: a server that is gone, however it went, leaves
 * nobody behind who trains for it.
 */
final class Supervision {

  private final Runnable show;
  private final Runnable stop;
  private volatile boolean pause;

  /**
   * @param show shows the games being played for a while
   * @param stop ends the training; what happens when it is over already is nothing
   */
  Supervision(Runnable show, Runnable stop) {
    this.show = show;
    this.stop = stop;
  }

  void listen(InputStream input) {
    Thread.ofPlatform().daemon().name("supervision").start(() -> hear(input));
  }

  private void hear(InputStream input) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (line) {
          case "live" -> show.run();
          case "stop" -> stop.run();
          default -> pause();
        }
      }
    } catch (IOException e) {
      // As at the end.
    }
    pause();
  }

  private void pause() {
    pause = true;
    stop.run();
  }

  /** Whether the training is to go on later. */
  boolean isPause() {
    return pause;
  }
}

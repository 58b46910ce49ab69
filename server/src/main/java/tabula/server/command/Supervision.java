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

  private Runnable show = () -> {};
  private Runnable stop = () -> {};
  private boolean stopped;
  private boolean pause;

  /**
   * The training has begun. What was heard before, while the program was still starting, holds.
   *
   * @param show shows the games being played for a while
   * @param stop ends the training; what happens when it is over already is nothing
   */
  synchronized void begun(Runnable show, Runnable stop) {
    this.show = show;
    this.stop = stop;
    if (stopped) {
      stop.run();
    }
  }

  void listen(InputStream input) {
    Thread.ofPlatform().daemon().name("supervision").start(() -> hear(input));
  }

  private void hear(InputStream input) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (line) {
          case "live" -> show();
          case "stop" -> stop(false);
          default -> stop(true);
        }
      }
    } catch (IOException e) {
      // As at the end.
    }
    stop(true);
  }

  private synchronized void show() {
    show.run();
  }

  private synchronized void stop(boolean toGoOn) {
    stopped = true;
    pause |= toGoOn;
    stop.run();
  }

  /** Whether the training is to go on later. */
  synchronized boolean isPause() {
    return pause;
  }
}

package tabula.agents.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An engine in a process of its own, which is told lines and answers in lines. It ends with whoever
 * began it: when that is closed or forgotten, and when this program ends.
 */
final class EngineProcess implements AutoCloseable {

  /** No engine says more than so many lines at once, or longer ones. */
  private static final int MOST_LINES = 10_000;

  private static final int LONGEST_LINE = 10_000;

  /** Words of a command; what stands in quotes is one. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final Cleaner FORGOTTEN = Cleaner.create();
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-engines"));
  }

  /** A line, or what ended the engine's output. */
  private sealed interface Heard {
    record Line(String text) implements Heard {}

    record End(String why) implements Heard {}
  }

  private final String command;
  private final Process process;
  private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(MOST_LINES);
  private final Cleaner.Cleanable end;

  private EngineProcess(String command, Process process) {
    this.command = command;
    this.process = process;
    this.end = FORGOTTEN.register(this, new Kill(process));
  }

  private record Kill(Process process) implements Runnable {
    @Override
    public void run() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      RUNNING.remove(process);
    }
  }

  /**
   * Starts an engine. No shell reads the command.
   *
   * @throws EngineException if there is no such program
   */
  static EngineProcess start(String command) {
    try {
      Process process =
          new ProcessBuilder(words(command)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      RUNNING.add(process);
      EngineProcess engine = new EngineProcess(command, process);
      BlockingQueue<Heard> heard = engine.heard;
      Thread.ofVirtual().name("engine-output").start(() -> listen(process, heard));
      return engine;
    } catch (IOException e) {
      throw new EngineException(
          "The engine '%s' cannot be started: %s.".formatted(command, e.getMessage()));
    }
  }

  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  /** Hears the engine until it is silent for good. Holds nothing that would keep it alive. */
  private static void listen(Process process, BlockingQueue<Heard> heard) {
    String why = "it ended";
    try (InputStream in = new BufferedInputStream(process.getInputStream())) {
      StringBuilder line = new StringBuilder();
      boolean full = false;
      for (int c = in.read(); c >= 0 && !full; c = in.read()) {
        if (c == '\n') {
          full = !heard.offer(new Heard.Line(line.toString().strip()));
          line.setLength(0);
        } else {
          line.append((char) c);
          full = line.length() > LONGEST_LINE;
        }
      }
      if (full) {
        why = "it said too much";
      }
    } catch (IOException e) {
      why = "its output broke off (%s)".formatted(e.getMessage());
    }
    while (!heard.offer(new Heard.End(why))) {
      heard.poll();
    }
  }

  /** Tells the engine a line, and waits for no answer. */
  void tell(String line) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw failed("could not be told '%s': %s".formatted(line, gone()));
    }
  }

  /** Tells the engine a line, and hears it out to the last line of its answer. */
  List<String> ask(String line, Predicate<String> isLast, Duration patience) {
    tell(line);
    List<String> answer = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      switch (next(deadline - System.nanoTime(), line)) {
        case Heard.Line(String text) -> {
          answer.add(text);
          if (isLast.test(text)) {
            return answer;
          }
          if (answer.size() > MOST_LINES) {
            throw failed("did not come to an end in its answer to '%s'".formatted(line));
          }
        }
        case Heard.End(String why) -> {
          throw failed("did not answer '%s': %s".formatted(line, ended(why)));
        }
        case null ->
            throw failed(
                "did not answer '%s' within %s s".formatted(line, patience.toMillis() / 1000.0));
      }
    }
  }

  private @Nullable Heard next(long nanos, String line) {
    try {
      return heard.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was given up while it answered '%s'".formatted(line));
    }
  }

  private String gone() {
    return process.isAlive() ? "it does not listen" : ended("it ended");
  }

  private String ended(String why) {
    try {
      return why.equals("it ended") && process.waitFor(5, TimeUnit.SECONDS)
          ? "it ended with status %d".formatted(process.exitValue())
          : why;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return why;
    }
  }

  /** Something that this engine did wrong. */
  EngineException failed(String what) {
    return new EngineException("The engine '%s' %s.".formatted(command, what));
  }

  @Override
  public void close() {
    end.clean();
  }
}

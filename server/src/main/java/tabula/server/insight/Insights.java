package tabula.server.insight;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tabula.agents.insight.OpenNetwork;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.nd4j.LayeredNetwork;

/**
 * Answers questions about checkpoints one at a time, so that the other cores are left to whoever
 * plays. An answer never changes, so the last ones are kept.
 */
public final class Insights {

  /** So many may wait; more are told to come back. */
  private static final int MOST_WAITING = 8;

  /** So many of them may be one asker's. */
  private static final int MOST_OF_ONE = 4;

  private static final int MOST_ANSWERS = 300;
  private static final int MOST_OPEN = 4;
  private static final int MINUTES = 2;

  /** Too many others ask. */
  public static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("Too many questions about networks wait just now. Try again in a moment.");
    }
  }

  private record Key(String checkpoint, View view, Map<String, String> options) {}

  /** A network that has learnt, and one of its form that has not. */
  private record Opened(OpenNetwork trained, OpenNetwork untrained) {}

  private final WorkerExecutor executor;

  /** By asker, how many questions wait. */
  private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

  /** Used on the executor's one thread alone. */
  private final Map<String, Opened> opened = new Latest<>(MOST_OPEN);

  private final Map<Key, JsonNode> answers = new Latest<>(MOST_ANSWERS);

  private static final class Latest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    Latest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  public Insights(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("insight", 1, MINUTES, TimeUnit.MINUTES);
  }

  /**
   * The answer to a question; fails with {@link Question.WrongQuestionException} or {@link
   * BusyException}.
   *
   * @param asker who asks: nobody's questions keep all others waiting
   * @param gone whether the asker does not wait for the answer any more
   * @param id of the checkpoint
   * @param options as {@link Question#read} takes them
   */
  public Future<JsonNode> ask(
      String asker,
      BooleanSupplier gone,
      String id,
      Path checkpoint,
      View view,
      Map<String, String> options) {
    int all = waiting.values().stream().mapToInt(Integer::intValue).sum();
    if (all >= MOST_WAITING || waiting.getOrDefault(asker, 0) >= MOST_OF_ONE) {
      return Future.failedFuture(new BusyException());
    }
    waiting.merge(asker, 1, Integer::sum);
    Key key = new Key(id, view, new TreeMap<>(options));
    return executor
        .executeBlocking(
            () -> {
              if (gone.getAsBoolean()) {
                throw new BusyException();
              }
              return answer(key, checkpoint);
            },
            true)
        .onComplete(done -> waiting.computeIfPresent(asker, (who, n) -> n == 1 ? null : n - 1));
  }

  private JsonNode answer(Key key, Path checkpoint) throws IOException {
    JsonNode known = answers.get(key);
    if (known != null) {
      return known;
    }
    Opened networks = opened.get(key.checkpoint());
    if (networks == null) {
      networks = open(Checkpoint.read(checkpoint));
      opened.put(key.checkpoint(), networks);
    }
    Question question = Question.read(networks.trained(), key.view(), key.options());
    JsonNode answer = Answers.of(networks.trained(), networks.untrained(), question);
    answers.put(key, answer);
    return answer;
  }

  private static Opened open(Checkpoint checkpoint) {
    return new Opened(trained(checkpoint), untrained(checkpoint));
  }

  /**
   * A checkpoint's network, opened.
   *
   * @throws Question.WrongQuestionException if networks of its form cannot be
   */
  public static OpenNetwork trained(Checkpoint checkpoint) {
    try {
      return OpenNetwork.of(checkpoint);
    } catch (IllegalArgumentException e) {
      throw new Question.WrongQuestionException(String.valueOf(e.getMessage()));
    }
  }

  /** A network of a checkpoint's form as it was before it learnt. */
  public static OpenNetwork untrained(Checkpoint checkpoint) {
    return new OpenNetwork(
        checkpoint.game(),
        LayeredNetwork.untrained(
            checkpoint.game(), checkpoint.spec(), new SplittableRandom(checkpoint.seed())));
  }
}

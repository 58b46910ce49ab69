package tabula.server.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tabula.agents.Agent;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.GameRecord;

/**
 * Lets agents think: as many at once as there are cores, each thread with agents of its own. Those
 * who play among themselves think one at a time on a thread apart, and begin only while nobody else
 * has an agent think.
 */
public final class AgentPool {

  /** An agent of a thread's own. */
  private record Key(String game, String agent) {}

  private final AgentLevels levels;

  /** A decision that nobody waits for. */
  private record Waiting(Game game, String agent, GameRecord played, Promise<Decision> decision) {}

  private final WorkerExecutor executor;
  private final WorkerExecutor background;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean backgroundThinks = new AtomicBoolean();
  private final ThreadLocal<Map<Key, Agent>> agents = ThreadLocal.withInitial(HashMap::new);
  private final AtomicLong seeds = new AtomicLong(System.nanoTime());
  private final AtomicInteger thinking = new AtomicInteger();
  private final Timer thinkTime;

  public AgentPool(Vertx vertx, AgentLevels levels, MeterRegistry metrics) {
    this.levels = levels;
    int cores = Runtime.getRuntime().availableProcessors();
    this.executor = vertx.createSharedWorkerExecutor("agent", cores, 10, TimeUnit.MINUTES);
    this.background = vertx.createSharedWorkerExecutor("agent-background", 1, 10, TimeUnit.MINUTES);
    this.thinkTime = metrics.timer("tabula.agent.think");
    metrics.gauge("tabula.agent.thinking", thinking);
  }

  /** How many decisions are waited for. */
  public int thinking() {
    return thinking.get();
  }

  /**
   * What an agent thinks of the position that a game has come to.
   *
   * @param agent one of {@link AgentLevels}
   */
  public Future<Decision> think(Game game, String agent, GameRecord played) {
    thinking.incrementAndGet();
    return think(executor, game, agent, played)
        .onComplete(
            done -> {
              thinking.decrementAndGet();
              thinkInTheBackground();
            });
  }

  /** The same, once nobody else waits for a decision. */
  public Future<Decision> thinkBehind(Game game, String agent, GameRecord played) {
    Promise<Decision> decision = Promise.promise();
    waiting.add(new Waiting(game, agent, played, decision));
    thinkInTheBackground();
    return decision.future();
  }

  private void thinkInTheBackground() {
    if (waiting.isEmpty() || thinking.get() > 0 || !backgroundThinks.compareAndSet(false, true)) {
      return;
    }
    Waiting next = waiting.poll();
    if (next == null) {
      backgroundThinks.set(false);
      return;
    }
    think(background, next.game(), next.agent(), next.played())
        .onComplete(
            done -> {
              backgroundThinks.set(false);
              thinkInTheBackground();
            })
        .onComplete(next.decision());
  }

  private Future<Decision> think(WorkerExecutor where, Game game, String agent, GameRecord played) {
    try {
      return where.executeBlocking(() -> decide(game, agent, played), false);
    } catch (RejectedExecutionException e) {
      // The server stops: what asked is still being carried to its end.
      return Future.failedFuture(e);
    }
  }

  private Decision decide(Game game, String agent, GameRecord played) throws Exception {
    Agent thinker =
        agents.get().computeIfAbsent(new Key(game.id(), agent), key -> levels.create(game, agent));
    SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
    return thinkTime.recordCallable(() -> thinker.decide(played, random));
  }
}

package tabula.server.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tabula.agents.Agent;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Position;

/** Lets agents think: as many at once as there are cores, each thread with agents of its own. */
public final class AgentPool {

  /** An agent of a thread's own. */
  private record Key(String game, String agent) {}

  private final AgentLevels levels;
  private final WorkerExecutor executor;
  private final ThreadLocal<Map<Key, Agent>> agents = ThreadLocal.withInitial(HashMap::new);
  private final AtomicLong seeds = new AtomicLong(System.nanoTime());
  private final AtomicInteger thinking = new AtomicInteger();
  private final Timer thinkTime;

  public AgentPool(Vertx vertx, AgentLevels levels, MeterRegistry metrics) {
    this.levels = levels;
    int cores = Runtime.getRuntime().availableProcessors();
    this.executor = vertx.createSharedWorkerExecutor("agent", cores, 10, TimeUnit.MINUTES);
    this.thinkTime = metrics.timer("tabula.agent.think");
    metrics.gauge("tabula.agent.thinking", thinking);
  }

  /** How many decisions are waited for. */
  public int thinking() {
    return thinking.get();
  }

  /**
   * What an agent thinks of a position.
   *
   * @param agent one of {@link AgentLevels}
   */
  public Future<Decision> think(Game game, String agent, Position position) {
    thinking.incrementAndGet();
    return executor
        .executeBlocking(
            () -> {
              Agent thinker =
                  agents
                      .get()
                      .computeIfAbsent(
                          new Key(game.id(), agent), key -> levels.create(game, agent));
              SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
              return thinkTime.recordCallable(() -> thinker.decide(position, random));
            },
            false)
        .onComplete(done -> thinking.decrementAndGet());
  }
}

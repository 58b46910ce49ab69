package tabula.agents.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Agents;
import tabula.agents.CheckpointSource;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;

/**
 * Games against {@code perfect}, which chooses at random among equal moves, that an agent without a
 * fault does not fail in: it wins what is won for it, and holds what is drawn.
 */
public final class AgainstPerfect {

  private static final int LEAST_PLIES = 2;
  private static final int MOST_PLIES = 8;

  private AgainstPerfect() {}

  /**
   * What came of the games.
   *
   * @param won games won of those from positions won for the agent, which moves first in them
   * @param held games not lost of those from drawn positions, the agent to move
   * @param wonFromStart games won of those from the empty board, the agent first
   */
  public record Result(Accuracy.Share won, Accuracy.Share held, Accuracy.Share wonFromStart) {}

  private record Task(Position start, int due) {}

  /**
   * Plays them.
   *
   * @param player makes the agent, once for each thread
   * @param positions how many won positions, and how many drawn ones, of 2 to 8 random plies
   * @param startGames how many games from the empty board
   * @param played hears how many games are over, from any thread
   */
  public static Result play(
      Game game,
      Supplier<Agent> player,
      int positions,
      int startGames,
      long seed,
      int threads,
      IntConsumer played)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Task> tasks = tasks(game, positions, startGames, seeds);
    List<SplittableRandom> randoms = new ArrayList<>();
    tasks.forEach(task -> randoms.add(seeds.split()));
    int[] results = new int[tasks.size()];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable work =
        () -> {
          Agent agent = player.get();
          Agent perfect = new Agents(CheckpointSource.FILES).create(new AgentSpec.Perfect(), game);
          for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
            results[i] = playOut(tasks.get(i).start(), agent, perfect, randoms.get(i));
            played.accept(done.incrementAndGet());
          }
        };
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().name("against-perfect-" + i).start(work));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    Accuracy.Share[] shares = {Accuracy.Share.NONE, Accuracy.Share.NONE, Accuracy.Share.NONE};
    for (int i = 0; i < results.length; i++) {
      int kind = i < positions ? 0 : i < 2 * positions ? 1 : 2;
      shares[kind] = shares[kind].plus(results[i] >= tasks.get(i).due());
    }
    return new Result(shares[0], shares[1], shares[2]);
  }

  private static List<Task> tasks(
      Game game, int positions, int startGames, SplittableRandom random) {
    Solver solver =
        Solver.of(game)
            .orElseThrow(() -> new IllegalArgumentException("Nobody has solved this game."));
    List<Task> won = new ArrayList<>();
    List<Task> drawn = new ArrayList<>();
    while (won.size() < positions || drawn.size() < positions) {
      Position position = game.initialPosition();
      int plies = LEAST_PLIES + random.nextInt(MOST_PLIES - LEAST_PLIES + 1);
      while (position.ply() < plies && !position.isOver()) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (!position.isOver()) {
        int value = solver.value(position);
        List<Task> kind = value == 1 ? won : drawn;
        if (value >= 0 && kind.size() < positions) {
          kind.add(new Task(position, value));
        }
      }
    }
    List<Task> tasks = new ArrayList<>(won);
    tasks.addAll(drawn);
    Position start = game.initialPosition();
    for (int i = 0; i < startGames; i++) {
      tasks.add(new Task(start, solver.value(start)));
    }
    return tasks;
  }

  /** The result for the agent, which moves first. */
  private static int playOut(Position start, Agent agent, Agent perfect, SplittableRandom random) {
    Side side = start.sideToMove();
    Position position = start;
    while (!position.isOver()) {
      Agent mover = position.sideToMove() == side ? agent : perfect;
      position = position.play(mover.decide(position, random).action());
    }
    Outcome outcome = position.outcome();
    return outcome.valueFor(side);
  }
}

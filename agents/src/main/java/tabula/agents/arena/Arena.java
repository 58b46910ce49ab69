package tabula.agents.arena;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tabula.agents.Agent;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.Side;

/** Plays matches of many games between two agents, several at once. */
public final class Arena {

  private Arena() {}

  /**
   * How a match is played.
   *
   * @param games how many; sides alternate, and each pair of games shares its opening
   * @param openingPlies each opening is 0 to this many random moves
   * @param seed of everything random: the same seed gives the same match
   * @param threads how many games are played at once
   */
  public record Config(int games, int openingPlies, long seed, int threads) {}

  /**
   * Plays a match.
   *
   * @param player makes the first named player, once for each thread
   * @param listener hears the score after each game
   * @throws InterruptedException if the caller is interrupted; the games are given up
   */
  public static MatchScore play(
      Game game,
      Supplier<Agent> player,
      Supplier<Agent> opponent,
      Config config,
      Consumer<MatchScore> listener)
      throws InterruptedException {
    // A random stream a game, so that the number of threads changes nothing.
    SplittableRandom seeds = new SplittableRandom(config.seed());
    List<SplittableRandom> randoms = new ArrayList<>();
    List<GameRecord> openings = new ArrayList<>();
    for (int i = 0; i < config.games(); i++) {
      openings.add(i % 2 == 0 ? opening(game, config.openingPlies(), seeds) : openings.get(i - 1));
      randoms.add(seeds.split());
    }
    AtomicInteger next = new AtomicInteger();
    Tally tally = new Tally(listener);
    ExecutorService executor = Executors.newFixedThreadPool(config.threads());
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int thread = 0; thread < config.threads(); thread++) {
        workers.add(
            executor.submit(
                () -> {
                  Agent one = player.get();
                  Agent other = opponent.get();
                  for (int i = next.getAndIncrement();
                      i < config.games();
                      i = next.getAndIncrement()) {
                    if (Thread.currentThread().isInterrupted()) {
                      return;
                    }
                    Side side = i % 2 == 0 ? Side.FIRST : Side.SECOND;
                    Position end = playOut(openings.get(i), one, other, side, randoms.get(i));
                    tally.add(side == Side.FIRST, end.outcome().valueFor(side));
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
    return tally.score();
  }

  private static Position playOut(
      GameRecord opening, Agent player, Agent opponent, Side playersSide, SplittableRandom random) {
    GameRecord played = opening;
    while (!played.position().isOver()) {
      Agent agent = played.position().sideToMove() == playersSide ? player : opponent;
      played = played.play(agent.decide(played, random).action());
    }
    return played.position();
  }

  private static GameRecord opening(Game game, int mostPlies, SplittableRandom random) {
    while (true) {
      GameRecord played = new GameRecord(new int[0], game.initialPosition());
      int plies = random.nextInt(mostPlies + 1);
      for (int ply = 0; ply < plies && !played.position().isOver(); ply++) {
        int[] legal = played.position().legalActions();
        played = played.play(legal[random.nextInt(legal.length)]);
      }
      if (!played.position().isOver()) {
        return played;
      }
    }
  }

  private static final class Tally {
    private final Consumer<MatchScore> listener;
    private MatchScore score = MatchScore.NONE;

    Tally(Consumer<MatchScore> listener) {
      this.listener = listener;
    }

    synchronized void add(boolean movedFirst, int result) {
      score = score.plus(movedFirst, result);
      listener.accept(score);
    }

    synchronized MatchScore score() {
      return score;
    }
  }
}

package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/** Positions of games, a few from each: half of the games at random, half played by the network. */
public final class PositionSample {

  private static final int FROM_A_GAME = 4;
  private static final int AT_ONCE = 32;

  /** The network's games begin with up to so many random moves, so that they differ. */
  private static final int RANDOM_PLIES = 8;

  private PositionSample() {}

  /**
   * So many different positions that are not over.
   *
   * @param network who plays every second game; null for games at random alone, which are the same
   *     for every network
   */
  public static List<GameRecord> make(
      Game game, @Nullable OpenNetwork network, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<Position> seen = new HashSet<>();
    List<GameRecord> sample = new ArrayList<>();
    // A small game has fewer positions than are asked for.
    for (int round = 0; sample.size() < count && round < count; round++) {
      for (GameRecord whole : play(game, network, random)) {
        for (int i = 0; i < FROM_A_GAME && sample.size() < count; i++) {
          GameRecord record = beginning(whole, random.nextInt(whole.actions().length));
          if (seen.add(record.position())) {
            sample.add(record);
          }
        }
      }
    }
    return sample;
  }

  /** The first moves of a game. */
  private static GameRecord beginning(GameRecord whole, int plies) {
    Position position = whole.position().game().initialPosition();
    for (int ply = 0; ply < plies; ply++) {
      position = position.play(whole.actions()[ply]);
    }
    return new GameRecord(Arrays.copyOf(whole.actions(), plies), position);
  }

  /** Games to their ends. */
  private static List<GameRecord> play(
      Game game, @Nullable OpenNetwork network, SplittableRandom random) {
    int[][] actions = new int[AT_ONCE][game.maxPlies()];
    Position[] positions = new Position[AT_ONCE];
    Arrays.fill(positions, game.initialPosition());
    int[] randomPlies = new int[AT_ONCE];
    Arrays.setAll(
        randomPlies,
        i ->
            network == null || i % 2 == 0
                ? game.maxPlies()
                : random.nextInt(Math.min(RANDOM_PLIES, game.maxPlies() / 3) + 1));
    int[] plies = new int[AT_ONCE];
    while (!Arrays.stream(positions).allMatch(Position::isOver)) {
      float @Nullable [] logits =
          network == null ? null : network.judge(network.planes(List.of(positions))).logits();
      for (int i = 0; i < AT_ONCE; i++) {
        if (!positions[i].isOver()) {
          int[] legal = positions[i].legalActions();
          int action =
              logits == null || plies[i] < randomPlies[i]
                  ? legal[random.nextInt(legal.length)]
                  : draw(logits, i * game.actionCount(), legal, random);
          actions[i][plies[i]++] = action;
          positions[i] = positions[i].play(action);
        }
      }
    }
    List<GameRecord> games = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      games.add(new GameRecord(Arrays.copyOf(actions[i], plies[i]), positions[i]));
    }
    return games;
  }

  /** A legal move with the probability that the policy gives it: the highest of noisy logits. */
  private static int draw(float[] logits, int row, int[] legal, SplittableRandom random) {
    int drawn = legal[0];
    double highest = Double.NEGATIVE_INFINITY;
    for (int action : legal) {
      double noisy = logits[row + action] - Math.log(-Math.log(random.nextDouble()));
      if (noisy > highest) {
        highest = noisy;
        drawn = action;
      }
    }
    return drawn;
  }
}

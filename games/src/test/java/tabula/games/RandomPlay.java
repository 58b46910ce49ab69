package tabula.games;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Positions for tests, from seeded random play. */
public final class RandomPlay {

  private RandomPlay() {}

  /** The positions of one random game, from the initial one to the last. */
  public static List<Position> game(Game game, RandomGenerator random) {
    List<Position> positions = new ArrayList<>();
    Position position = game.initialPosition();
    positions.add(position);
    while (!position.isOver()) {
      position = position.play(move(position, random));
      positions.add(position);
    }
    return positions;
  }

  /** A position after {@code plies} random moves that is not over. */
  public static Position position(Game game, int plies, RandomGenerator random) {
    while (true) {
      Position position = game.initialPosition();
      while (position.ply() < plies && !position.isOver()) {
        position = position.play(move(position, random));
      }
      if (!position.isOver()) {
        return position;
      }
    }
  }

  private static int move(Position position, RandomGenerator random) {
    int[] legal = position.legalActions();
    return legal[random.nextInt(legal.length)];
  }
}

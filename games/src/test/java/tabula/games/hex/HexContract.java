package tabula.games.hex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tabula.games.GameContract;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.Side;
import tabula.games.Squares;

/** What holds on both boards. */
abstract class HexContract extends GameContract {

  private final Hex game;

  HexContract(Hex game) {
    super(game);
    this.game = game;
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return symmetry == 0 ? square : game.size * game.size - 1 - square;
  }

  private Position after(String... moves) {
    Position position = game.initialPosition();
    for (String move : moves) {
      position = position.play(game.parseMove(position, move));
    }
    return position;
  }

  private Side pieceAt(Position position, String cell) {
    return Objects.requireNonNull(position.pieceAt(Squares.parse(cell, game.size, game.size)));
  }

  @Test
  void randomGames_neverEndInADraw_andTheirWinnerIsWhoIsJoined() {
    SplittableRandom random = new SplittableRandom(5);
    int[] legal = new int[game.actionCount()];
    int[] wins = new int[2];
    for (int i = 0; i < randomGames(); i++) {
      Position position = game.initialPosition();
      for (int count = position.legalActions(legal);
          count > 0;
          count = position.legalActions(legal)) {
        position = position.play(legal[random.nextInt(count)]);
      }
      Outcome outcome = position.outcome();
      assertTrue(outcome == Outcome.FIRST_WINS || outcome == Outcome.SECOND_WINS);
      wins[outcome == Outcome.FIRST_WINS ? 0 : 1]++;
      if (i % 100 == 0) {
        assertEquals(outcome == Outcome.FIRST_WINS, joined(position, Side.FIRST));
        assertEquals(outcome == Outcome.SECOND_WINS, joined(position, Side.SECOND));
        assertTrue(position.decidingSquares().length >= game.size);
      }
    }
    assertTrue(Math.min(wins[0], wins[1]) > randomGames() / 3, "Either side wins often.");
  }

  abstract int randomGames();

  @Test
  void outcome_atEveryMove_isWhatJoiningCellByCellSays() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 200; i++) {
      for (Position position : RandomPlay.game(game, random)) {
        assertEquals(joined(position, Side.FIRST), position.outcome() == Outcome.FIRST_WINS);
        assertEquals(joined(position, Side.SECOND), position.outcome() == Outcome.SECOND_WINS);
      }
    }
  }

  /** Whether a side's edges are joined, by a union of neighbours and nothing else. */
  private boolean joined(Position position, Side side) {
    int size = game.size;
    int[] parent = new int[size * size + 2];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int cell = row * size + column;
        if (position.pieceAt(cell) != side) {
          continue;
        }
        int along = side == Side.FIRST ? row : column;
        if (along == 0) {
          parent[root(parent, cell)] = root(parent, size * size);
        }
        if (along == size - 1) {
          parent[root(parent, cell)] = root(parent, size * size + 1);
        }
        if (column + 1 < size && position.pieceAt(cell + 1) == side) {
          parent[root(parent, cell)] = root(parent, cell + 1);
        }
        if (row + 1 < size && position.pieceAt(cell + size) == side) {
          parent[root(parent, cell)] = root(parent, cell + size);
        }
        if (row + 1 < size && column > 0 && position.pieceAt(cell + size - 1) == side) {
          parent[root(parent, cell)] = root(parent, cell + size - 1);
        }
      }
    }
    return root(parent, size * size) == root(parent, size * size + 1);
  }

  private static int root(int[] parent, int cell) {
    int root = cell;
    while (parent[root] != root) {
      root = parent[root];
    }
    return root;
  }

  @Test
  void swap_putsTheStoneOfTheSecondPlayerOnTheMirrorImage() {
    Position swapped = after("a3", "swap");
    assertEquals(Side.SECOND, pieceAt(swapped, "c1"));
    assertNull(swapped.pieceAt(Squares.parse("a3", game.size, game.size)));
    assertEquals(Side.FIRST, swapped.sideToMove());
    assertEquals(2, swapped.ply());
    assertTrue(swapped.isLegal(game.parseMove(swapped, "a3")), "The first stone's cell is free.");
    assertFalse(swapped.isLegal(game.parseMove(swapped, "c1")));
  }

  @Test
  void swap_isOnlyTheAnswerToTheFirstStone() {
    assertFalse(after().isLegal(game.swap()));
    assertTrue(after("b2").isLegal(game.swap()));
    assertFalse(after("b2", "c2").isLegal(game.swap()));
    assertFalse(after("b2", "swap").isLegal(game.swap()));
    assertFalse(after("b2", "swap", "d4").isLegal(game.swap()));
    assertEquals(
        "Only the second player may swap, in answer to the first stone.",
        game.whyIllegal(after(), game.swap()));
    assertEquals("Cell b2 is taken.", game.whyIllegal(after("b2"), action(after("b2"), "b2")));
  }

  private int action(Position position, String move) {
    return game.parseMove(position, move);
  }

  @Test
  void swap_isWorthToTheSecondPlayerWhatTheStoneWasToTheFirst() {
    // The same play by the other side, seen in the mirror, has the opposite result.
    SplittableRandom random = new SplittableRandom(9);
    Position straight = after("b1");
    Position swapped = after("b1", "swap");
    while (!straight.isOver()) {
      int[] legal =
          IntStream.of(straight.legalActions()).filter(action -> action != game.swap()).toArray();
      int action = legal[random.nextInt(legal.length)];
      straight = straight.play(action);
      swapped = swapped.play(action);
    }
    assertNotEquals(straight.outcome(), swapped.outcome());
    assertTrue(swapped.isOver());
  }
}

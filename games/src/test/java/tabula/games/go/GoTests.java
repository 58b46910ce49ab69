package tabula.games.go;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.Ending;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Past;
import tabula.games.Side;

/** What the rules of Go say in particular. */
class GoTests {

  /** The numbers of legal positions are known: Tromp and Farnebäck, Combinatorics of Go. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 57", "3, 12675"})
  void boardsThatPlayLeadsTo_areTheLegalOnes(int size, int legal) {
    Go game = new Go(size, 0);
    Set<Long> seen = new HashSet<>();
    Deque<GoPosition> open = new ArrayDeque<>();
    GoPosition empty = (GoPosition) game.initialPosition();
    open.add(empty);
    seen.add(key(empty));
    while (!open.isEmpty()) {
      GoPosition position = open.remove();
      for (GoPosition turned : new GoPosition[] {position, position.play(game.pass())}) {
        for (int action : turned.legalActions()) {
          GoPosition after = forgetting(turned.play(action));
          if (action != game.pass() && seen.add(key(after))) {
            open.add(after);
          }
        }
      }
    }
    assertEquals(legal, seen.size());
  }

  /** The stones, whoever is to move. */
  private static long key(GoPosition position) {
    boolean first = position.sideToMove() == Side.FIRST;
    long own = position.ownLow();
    long other = position.otherLow();
    return first ? own << 32 | other : other << 32 | own;
  }

  /** The same board at a game's beginning. */
  private static GoPosition forgetting(GoPosition at) {
    return new GoPosition(
        at.rules(),
        at.ownLow(),
        at.ownHigh(),
        at.otherLow(),
        at.otherHigh(),
        at.boardHash(),
        new Past(at.boardHash(), null),
        0,
        false,
        at.ply() & 1,
        0,
        0);
  }

  private static GoPosition after(Go game, String moves) {
    return (GoPosition)
        assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(game, moves), moves)
            .record()
            .position();
  }

  private static boolean mayPlay(GoPosition position, String move) {
    return position.isLegal(position.game().parseMove(position, move));
  }

  @Test
  void ko_isNotTakenBackAtOnce_butAfterMovesElsewhere() {
    // b2 and c2 around the ko at c3 and b3.
    GoPosition taken = after(Go.NINE, "b4 c4 a3 d3 b2 c2 c3 b3");
    assertNull(taken.pieceAt(Go.NINE.parseMove(taken, "c3")), taken::diagram);
    assertFalse(mayPlay(taken, "c3"), taken::diagram);
    assertEquals(
        "A stone on c3 would make the board one that was there before.",
        Go.NINE.whyIllegal(taken, Go.NINE.parseMove(taken, "c3")));
    GoPosition later = after(Go.NINE, "b4 c4 a3 d3 b2 c2 c3 b3 h8 h2");
    assertTrue(mayPlay(later, "c3"), later::diagram);
  }

  @Test
  void chains_areTakenWhole_andSeveralAtOnce() {
    GoPosition corner = after(Go.SEVEN, "a1 a2 b1 b2 g7 c1");
    assertEquals(1, Long.bitCount(corner.ownLow()), corner::diagram);
    // Black's a2 and c2 are chains apart, and white's b2 takes the last liberty of both.
    GoPosition two = after(Go.SEVEN, "a2 a1 c2 a3 g7 c1 g6 c3 g5 d2 g4 b3 g3 b1 g2 b2");
    assertEquals(6, Long.bitCount(two.ownLow()), two::diagram);
  }

  @Test
  void suicide_ofOneStone_isARepetition_andOfMoreTakesThemOff() {
    GoPosition eye = after(Go.SEVEN, "g7 a2 g6 b1");
    assertFalse(mayPlay(eye, "a1"), eye::diagram);
    GoPosition two = after(Go.SEVEN, "a1 a2 g7 b2 g6 c1 b1");
    assertEquals(2, Long.bitCount(two.otherLow()), two::diagram);
    assertEquals(3, Long.bitCount(two.ownLow()), two::diagram);
  }

  @Test
  void board_isNotRepeated_howeverLongAgoItWas() {
    // White's a2 takes the first player's two stones, and a1 would take white's three.
    GoPosition position = after(new Go(2, 0), "a1 b1 a2 b2 pass a2");
    assertEquals(3, Long.bitCount(position.otherLow()), position::diagram);
    assertFalse(mayPlay(position, "a1"), "A stone on a1 alone was the board after the first move.");
    assertFalse(mayPlay(after(new Go(2, 0), "a1 b1 a2 pass b2 b1"), "a1"), "And after the second.");
  }

  @Test
  void game_endsByTwoPasses_andIsCountedByArea() {
    GoPosition empty = after(Go.NINE, "pass pass");
    assertEquals(Outcome.SECOND_WINS, empty.outcome());
    assertEquals(Ending.AREA, empty.ending());
    assertEquals(-7, empty.lead());
    GoPosition one = after(Go.NINE, "e5 pass pass");
    assertEquals(Outcome.FIRST_WINS, one.outcome());
    assertEquals(81 - 7, one.lead());
    GoPosition shared = after(Go.NINE, "e5 a1 pass pass");
    assertEquals(1 - 1 - 7, shared.lead());
    assertArrayEquals(new int[0], shared.legalActions());
  }

  @Test
  void game_thatGoesOnForTooLong_isCountedAsItStands() {
    Go game = new Go(3, 0);
    GoPosition position = (GoPosition) game.initialPosition();
    // A pass is answered by a stone, as long as there is one to play.
    while (!position.isOver()) {
      position = position.play(position.legalActions()[0]);
    }
    assertTrue(position.passes() == 2 || position.ply() == game.maxPlies());
    assertTrue(position.outcome().isOver());
  }
}

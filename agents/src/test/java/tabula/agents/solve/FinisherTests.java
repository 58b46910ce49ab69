package tabula.agents.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.solve.Finisher.Finish;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.othello.Othello;
import tabula.games.othello.OthelloPosition;

class FinisherTests {

  /** Alpha-beta by the rules alone, without sorting or remembering. */
  private static int lead(OthelloPosition position, int alpha, int beta) {
    if (position.isOver()) {
      return Long.bitCount(position.own()) - Long.bitCount(position.opponent());
    }
    int best = alpha;
    for (int action : position.legalActions()) {
      best = Math.max(best, -lead(position.play(action), -beta, -best));
      if (best >= beta) {
        break;
      }
    }
    return best;
  }

  /** A position of a random game with so many squares free. */
  private static OthelloPosition ending(Othello game, int free, SplittableRandom random) {
    while (true) {
      OthelloPosition position = (OthelloPosition) game.initialPosition();
      while (!position.isOver()) {
        long discs = position.own() | position.opponent();
        if (Long.bitCount(game.squares() & ~discs) == free) {
          return position;
        }
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
    }
  }

  @Test
  void othello_isSolvedAsByPlainAlphaBeta() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      Othello game = i % 2 == 0 ? Othello.EIGHT : Othello.SIX;
      OthelloPosition position = ending(game, 10, random);
      OthelloEndings endings = new OthelloEndings(game);
      int lead = lead(position, -65, 65);
      assertEquals(lead, endings.lead(position), position::diagram);
      Finish finish = endings.find(position).orElseThrow();
      assertEquals(Integer.signum(lead), finish.value(), position::diagram);
      assertEquals(
          lead, -lead(position.play(finish.action()), -65, 65), "a move that keeps all of it");
    }
  }

  @Test
  void othello_earlyOn_isNotAnswered() {
    Position start = Othello.SIX.initialPosition();
    assertEquals(Optional.empty(), Finisher.of(Othello.SIX).orElseThrow().find(start));
  }

  private static Position gomoku(String moves) {
    return switch (GameRecord.read(Games.get("gomoku-9"), moves)) {
      case GameRecord.Reading.Valid(GameRecord record) -> record.position();
      case GameRecord.Reading.Invalid(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "c5 a1 d5 a9 e5 i1 f5 a5, five at once",
    "c5 a1 d5 a9 e5 i1, an open four",
    "i1 c5 i9 d5 a9 e5 a1, the second player's",
    "b3 a3 c3 e7 d3 i9 e4 g8 e5 a8 e6 i2, two fours by one stone",
    "b2 a2 c2 i9 d2 g8 e4 a8 e5 i6, a four to bring another stone",
    "f5 i1 g5 i2 h5 i3 c2 i4 c3 a9 c4 g9, the answer to a four is one itself",
    "c5 a1 d5 i1 e6 a9 e7 i9, two threes by one quiet stone"
  })
  void gomoku_withAForcedWin_isWonAgainstEveryDefence(String moves, String how) {
    Position position = gomoku(moves);
    Finisher finisher = Finisher.of(position.game()).orElseThrow();
    assertTrue(wins(position, finisher), () -> how + "\n" + position.diagram());
  }

  private static boolean wins(Position position, Finisher finisher) {
    Optional<Finish> finish = finisher.find(position);
    if (finish.isEmpty() || finish.get().value() != 1) {
      return false;
    }
    Position answering = position.play(finish.get().action());
    if (answering.isOver()) {
      return answering.outcome() == Outcome.winOf(position.sideToMove());
    }
    for (int action : answering.legalActions()) {
      Position answered = answering.play(action);
      if (answered.isOver() || !wins(answered, finisher)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({
    "-, nothing is there yet",
    "e5 d4, too little",
    "c5 i1 d5 i2 e5 i3 a9 i4, a four is to be answered first",
    "c5 b5 d5 f5 e5 i1, both ends are taken"
  })
  void gomoku_withoutAForcedWin_isNotAnswered(String moves, String why) {
    Position position = gomoku(moves);
    Game game = position.game();
    assertEquals(Optional.empty(), Finisher.of(game).orElseThrow().find(position), why);
  }
}

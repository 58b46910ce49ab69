package tabula.games.chess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.games.Ending;
import tabula.games.GameContract;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.Perft;
import tabula.games.Position;
import tabula.games.RandomPlay;

class ChessTests extends GameContract {

  ChessTests() {
    super(Chess.GAME);
  }

  @Override
  protected int planesSquareOf(int square, int symmetry) {
    return square;
  }

  /** The customary positions, among them Kiwipete; deeper counts are in decision 0017. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1 | 4 | 197281",
        "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1 | 3 | 97862",
        "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1 | 4 | 43238",
        "r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1 | 4 | 422333",
        "rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8 | 3 | 62379",
        "r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - - 0 10 | 3 | 89890"
      })
  void perft_isTheKnownOne(String fen, int depth, long count) {
    assertEquals(count, Perft.count(Fen.parse(fen), depth));
  }

  private static ChessPosition after(String moves) {
    return (ChessPosition)
        assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(Chess.GAME, moves), moves)
            .record()
            .position();
  }

  private static void assertEnds(ChessPosition position, Ending by, Outcome outcome) {
    assertTrue(position.isOver(), position::diagram);
    assertEquals(by, position.ending());
    assertEquals(outcome, position.outcome());
  }

  @Test
  void mate_wins_andIsShown() {
    ChessPosition mate = after("f2f3 e7e5 g2g4 d8h4");
    assertEnds(mate, Ending.CHECKMATE, Outcome.SECOND_WINS);
    assertArrayEquals(new int[] {31}, mate.decidingSquares());
    assertTrue(after("f2f3 e7e5 g2g4").canWinAtOnce());
    assertTrue(Fen.parse("6k1/4Pppp/8/8/8/8/8/K7 w - - 0 1").canWinAtOnce(), "By a promotion");
  }

  @Test
  void draws_areThoseOfTheLaws() {
    assertEnds(Fen.parse("7k/5Q2/6K1/8/8/8/8/8 b - - 0 1"), Ending.STALEMATE, Outcome.DRAW);
    String around = " g1f3 g8f6 f3g1 f6g8";
    assertFalse(after("e2e4 e7e5" + around).isOver());
    assertEnds(after("e2e4 e7e5" + around + around), Ending.REPETITION, Outcome.DRAW);
    ChessPosition last = Fen.parse("7k/8/8/8/8/8/R7/K7 w - - 99 80");
    assertEnds(last.play(Chess.GAME.parseMove(last, "a2b2")), Ending.NO_PROGRESS, Outcome.DRAW);
    ChessPosition mates = Fen.parse("7k/8/6K1/8/8/8/R7/8 w - - 99 80");
    assertEnds(
        mates.play(Chess.GAME.parseMove(mates, "a2a8")), Ending.CHECKMATE, Outcome.FIRST_WINS);
    for (String few : new String[] {"8", "B7", "N7", "B1b1B3"}) {
      Position end = Fen.parse("7k/8/8/8/8/7K/%s/8 w - - 0 1".formatted(few));
      assertEnds((ChessPosition) end, Ending.MATERIAL, Outcome.DRAW);
    }
    for (String enough : new String[] {"NN6", "Bb6", "P7", "R7"}) {
      assertFalse(Fen.parse("7k/8/8/8/8/7K/%s/8 w - - 0 1".formatted(enough)).isOver(), enough);
    }
  }

  @Test
  void aRightToTakeInPassing_countsOnlyWhereItCanBeUsed() {
    assertEquals(-1, after("e2e4").enPassant());
    ChessPosition beside = after("e2e4 a7a6 e4e5 d7d5");
    assertEquals("d6", Fen.format(beside).split(" ", -1)[3]);
    assertTrue(beside.isLegal(Chess.GAME.parseMove(beside, "e5d6")));
    assertEquals("-", Fen.format(after("e2e4 a7a6 e4e5 d7d5 h2h3 a6a5")).split(" ", -1)[3]);
    // The pawn that could take is pinned along the row.
    ChessPosition pinned = Fen.parse("8/8/8/8/k2Pp2Q/8/8/7K b - d3 0 1");
    assertEquals(-1, pinned.enPassant());
  }

  @Test
  void fen_isReadBack_alongRandomGames() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 10; i++) {
      for (Position position : RandomPlay.game(Chess.GAME, random)) {
        String fen = Fen.format((ChessPosition) position);
        ChessPosition read = Fen.parse(fen);
        assertEquals(fen, Fen.format(read));
        assertEquals(position.ply(), read.ply());
        for (int square = 0; square < 64; square++) {
          assertEquals(position.symbolAt(square), read.symbolAt(square));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnbqkbnr w KQkq - 0 1 | the board has 8 rows, not 1",
        "8/8/8/8/8/8/8/8 w - - 0 1 | each side has one king",
        "k7/8/8/8/8/8/8/K8 w - - 0 1 | a row has 8 squares, not 9 as 'K8'",
        "k7/8/8/8/8/8/8/K6x w - - 0 1 | there is no piece 'x'",
        "k7/8/8/8/8/8/8/K6P w - - 0 1 | no pawn stands on a first or last row",
        "k7/8/8/8/8/8/8/K7 x - - 0 1 | the side to move is w or b, not 'x'",
        "k7/8/8/8/8/8/8/K7 w K - 0 1 | 'K' are no rights to castle there",
        "k7/8/8/8/8/8/8/K7 w - e6 0 1 | no pawn can be taken in passing on 'e6'",
        "k7/8/8/8/8/8/8/K7 w - - x 1 | 'x' is no number from 0 to 10000",
        "k6R/8/8/8/8/8/8/K7 w - - 0 1 | the side to move could take the king",
        "k7/8/8/8/8/8/8/K7 w - - 0 | it has 4 or 6 fields, not 5"
      })
  void fen_thatIsNone_saysWhy(String fen, String reason) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Fen.parse(fen));
    assertEquals("FEN '%s': %s.".formatted(fen, reason), wrong.getMessage());
  }

  @Test
  void san_isReadBack_alongRandomGames() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3; i++) {
      for (Position position : RandomPlay.game(Chess.GAME, random)) {
        ChessPosition at = (ChessPosition) position;
        for (int action : at.legalActions()) {
          assertEquals(action, San.parse(at, San.format(at, action)), () -> San.format(at, action));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8/8/8/8/8/8/8/RR2K2k w - - 0 1 | a1a8 | Ra8",
        "4k3/8/8/8/8/8/8/R3K2R w KQ - 0 1 | e1g1 | O-O",
        "4k3/8/8/8/8/8/8/R3K2R w KQ - 0 1 | e1c1 | O-O-O",
        "4k3/8/8/8/R7/8/8/R3K3 w - - 0 1 | a1a3 | R1a3",
        "4k3/8/8/8/8/8/8/R3K2R w - - 0 1 | a1a8 | Ra8+",
        "6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1 | a1a8 | Ra8#",
        "3r2k1/4P3/8/8/8/8/8/4K3 w - - 0 1 | e7d8n | exd8=N",
        "4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1 | e5d6 | exd6"
      })
  void san_isThatOfTheLaws(String fen, String move, String san) {
    ChessPosition position = Fen.parse(fen);
    int action = Chess.GAME.parseMove(position, move);
    assertEquals(san, San.format(position, action));
    assertEquals(action, San.parse(position, san));
    assertEquals(action, San.parse(position, san.replaceAll("[+#=]", "") + "!?"));
  }

  @Test
  void san_thatIsAmbiguousOrIllegal_isNone() {
    ChessPosition rooks = Fen.parse("4k3/8/8/8/R7/8/8/R3K3 w - - 0 1");
    for (String san : new String[] {"Ra3", "Rb9", "Nf3", "e4", "O-O", "", "x", "exd8=K", "☃"}) {
      assertEquals(-1, San.parse(rooks, san), san);
    }
  }

  @Test
  void illegalMove_inCheck_saysSo() {
    ChessPosition attacked = Fen.parse("4k3/8/8/8/8/8/8/r3K2N w - - 0 1");
    assertEquals(
        "h1g3 is not a legal move here: the king is attacked.",
        Chess.GAME.whyIllegal(attacked, Chess.GAME.parseMove(attacked, "h1g3")));
  }
}

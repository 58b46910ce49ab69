package tabula.games.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.record.RecordedGame.Result;
import tabula.games.record.RecordedGame.Way;

class RecordsTests {

  private static final LocalDate DATE = LocalDate.of(2026, 3, 9);

  static Stream<RecordFormat> formats() {
    return Records.formats();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void game_isReadBackAsItWasWritten(RecordFormat format) throws RecordException {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 6; i++) {
      boolean named = !format.name().equals("txt");
      GameRecord played = randomGame(format.game(), random, i % 2 == 0);
      Result result =
          played.position().isOver() || !named
              ? Result.of(played.position())
              : new Result(Outcome.SECOND_WINS, i == 1 ? Way.TIME : Way.RESIGNATION);
      RecordedGame game =
          new RecordedGame(
              played,
              named ? "Ann \"A\" [1] \\ B" : "",
              named ? "Tree search, 100" : "",
              named ? DATE : null,
              named && !played.position().isOver() && i == 5
                  ? new Result(Outcome.DRAW, Way.AGREEMENT)
                  : result);
      List<ReadGame> read = Records.read(format.write(game), 1);
      assertEquals(1, read.size());
      assertEquals(List.of(), read.getFirst().notes());
      RecordedGame back = read.getFirst().game();
      assertEquals(format.game(), back.game());
      assertArrayEquals(played.actions(), back.played().actions());
      assertEquals(played.position(), back.played().position());
      assertEquals(game.first(), back.first());
      assertEquals(game.second(), back.second());
      assertEquals(game.date(), back.date());
      assertEquals(named ? game.result() : Result.of(played.position()), back.result());
    }
  }

  private static GameRecord randomGame(Game game, SplittableRandom random, boolean whole) {
    List<Position> positions = RandomPlay.game(game, random);
    GameRecord played = new GameRecord(new int[0], game.initialPosition());
    int plies = whole ? positions.size() - 1 : positions.size() / 2;
    for (int ply = 0; ply < plies; ply++) {
      Position next = positions.get(ply + 1);
      Position at = played.position();
      played =
          played.play(
              Arrays.stream(at.legalActions())
                  .filter(action -> at.play(action).equals(next))
                  .findFirst()
                  .orElseThrow());
    }
    return played;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chess | 1-0 | [White \"Ann\"] 1. e4 {a comment} e5 2. Bc4 (2. Nf3 Nc6) Nc6 $1 3. Qh5 Nf6??"
            + " 4. Qxf7# 1-0 | e2e4 e7e5 f1c4 b8c6 d1h5 g8f6 h5f7",
        "checkers | * | [GameType \"21\"] 1. 11-15 22-18 2. 15x22 25x18 * | 11-15 22-18 15x22"
            + " 25x18",
        "othello | * | f5d6c3 | f5 d6 c3",
        "othello-6 | * | e4 | e4",
        "othello | * | (;GM[Othello]TY[8]B[F5/1.5/0.01]W[d6//2];) | f5 d6",
        "go-9 | * | (;GM[1]SZ[9]KM[7.0];B[ee];W[](;B[aa])(;B[ii])) | e5 pass a9",
        "gomoku-15 | * | (;GM[4]SZ[15];B[hh];W[ao]) | h8 a1",
        "hex-11 | * | (;GM[11]SZ[11];B[a3];W[swap-pieces]) | a3 swap"
      })
  void record_isReadMoveByMove(String game, String result, String text, String moves)
      throws RecordException {
    RecordedGame read = Records.read(text, 1).getFirst().game();
    assertEquals(game, read.game().id());
    assertEquals(moves, read.played().format());
    assertEquals(
        result.equals("1-0") ? Outcome.FIRST_WINS : Outcome.ONGOING, read.result().outcome());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1. e4 e5~2. Qd5 | Line 2, column 4: 'Qd5' is no move of Chess that can be made there.",
        "[Result \"1-0\"]~1. e4 0-1 | Line 2, column 7: The moves end",
        "[Result \"2-0\"]~1. e4 | Line 1, column 1: A result is 1-0, 0-1, 1/2-1/2 or *",
        "[FEN \"7k/8/8/8/8/8/8/K5R1 w - - 0 1\"]~1. Rg2 | Line 1, column 1: Only games from the"
            + " start",
        "[GameType \"20\"]~1. 11-15 | Line 1, column 1: No game here is GameType \"20\".",
        "1. 11-15 22-18~2. 8-11 | Line 2, column 4: A piece that can jump must",
        "1. f3 e5 2. g4 Qh4# 3. a3 | Line 1, column 24: 'a3' comes after the end",
        "1. f3 e5 2. g4 Qh4# 1-0 | Line 1, column 21: The result is said to be '1-0'",
        "1. e4 {no end | Line 1, column 7: This '{' has no '}'.",
        "(;GM[1]SZ[9]~;B[ee];B[aa]) | Line 2, column 8: It is white's turn.",
        "(;GM[1]SZ[9]~;B[ee];W[ee]) | Line 2, column 8: Point e5 is taken.",
        "(;GM[1]SZ[9]AW[aa][bb]) | Line 1, column 13: AW: only games from the empty board",
        "(;GM[4]SZ[9]AB[aa]) | Line 1, column 13: AB: only games from the empty board",
        "(;GM[1]SZ[9];B[ee];AB[aa]) | Line 1, column 20: Stones are set up before the first",
        "(;GM[1]SZ[9]AB[aa][aa]) | Line 1, column 19: Point a9 is taken.",
        "(;GM[1]SZ[19]) | Line 1, column 1: No game here is GM[1] of size SZ[19].",
        "(;GM[4]SZ[9];B[zz]) | Line 1, column 14: 'zz' is no move",
        "(;GM[4]SZ[9];B[ | Line 1, column 15: This '[' has no ']'.",
        "(;GM[4]SZ[9] | Line 1, column 13: The text ends where a property",
        "f5d6~f5a1 | Line 2, column 3: A disc on a1 turns none over.",
        "h8 | Line 1, column 1: This line is no game from the start.",
        "#! | Line 1, column 1: There is '#' where a record",
      })
  void record_thatIsWrong_saysWhere(String text, String message) {
    RecordException wrong =
        assertThrows(RecordException.class, () -> Records.read(text.strip().replace('~', '\n'), 9));
    assertTrue(String.valueOf(wrong.getMessage()).startsWith(message), wrong::getMessage);
  }

  @Test
  void manyGames_areReadInOrder_upToALimit() throws RecordException {
    String text = "[White \"A\"]\n\n1. e4 *\n\n[White \"B\"]\n\n1. d4 d5 1/2-1/2\n";
    List<ReadGame> games = Records.read(text, 2);
    assertEquals(List.of("A", "B"), games.stream().map(read -> read.game().first()).toList());
    assertEquals(List.of(1, 5), games.stream().map(ReadGame::line).toList());
    assertEquals(new Result(Outcome.DRAW, Way.AGREEMENT), games.get(1).game().result());
    RecordException tooMany = assertThrows(RecordException.class, () -> Records.read(text, 1));
    assertEquals("Line 5, column 1: At most 1 games may be read at once.", tooMany.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KM[5.5]RE[W+R];B[ee];W[aa] | KOMI 5.5 | e5 a9 | SECOND_WINS",
        "HA[2]AB[aa][bb]PL[W];W[ee];B[dd] | HANDICAP 2 | a9 pass b8 e5 d6 | ONGOING",
        "AB[aa];B[ee] | HANDICAP 1 | a9 pass e5 | ONGOING",
        "KM[7]RE[W+3.5];B[ee] | RESULT W+3.5 | e5 | ONGOING",
        "RE[W+3.5];B[ee];W[];B[] | RESULT W+3.5 | e5 pass pass | FIRST_WINS",
        "RE[B+74];B[ee];W[];B[] | - | e5 pass pass | FIRST_WINS",
        "KM[0.5]RE[0];B[ee];W[];B[tt] | KOMI 0.5, RESULT 0 | e5 pass pass | FIRST_WINS"
      })
  void goRecord_ofOtherRules_isReadWithNotes(
      String sgf, String notes, String moves, Outcome outcome) throws RecordException {
    ReadGame read = Records.read("(;GM[1]SZ[9]" + sgf + ")", 1).getFirst();
    assertEquals(moves, read.game().played().format());
    assertEquals(outcome, read.game().result().outcome());
    assertEquals(
        notes.equals("-") ? List.of() : List.of(notes.split(", ", -1)),
        read.notes().stream().map(note -> note.kind() + " " + note.said()).toList());
    read.notes().forEach(note -> assertTrue(note.sentence().contains(note.said())));
  }

  /** Texts are anybody's: whatever is in one, it is read or refused. */
  @Test
  void record_withLettersAtRandom_isReadOrRefused() {
    SplittableRandom random = new SplittableRandom(10);
    List<String> texts =
        Records.formats()
            .map(
                format -> {
                  GameRecord played = randomGame(format.game(), random, false);
                  return format.write(
                      new RecordedGame(played, "A", "B", DATE, Result.of(played.position())));
                })
            .toList();
    String letters = "()[]{};:\"\\%$.*-+=#/xX0123456789abtQKNO \n\t\0é\uD83D";
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder(texts.get(i % texts.size()));
      for (int change = random.nextInt(4); change >= 0; change--) {
        text.setCharAt(
            random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
      }
      try {
        Records.read(text.toString(), 100);
      } catch (RecordException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000 && refused < 9990, refused + " of 10,000");
  }

  @Test
  void positions_areReadBack_alongRandomGames() {
    SplittableRandom random = new SplittableRandom(9);
    for (String id : List.of("chess", "checkers")) {
      Game game = Games.get(id);
      PositionNotation notation = game.positionNotation().orElseThrow();
      assertEquals(
          game.initialPosition(),
          notation.read().apply(notation.write().apply(game.initialPosition())));
      for (Position position : RandomPlay.game(game, random)) {
        String fen = notation.write().apply(position);
        Position read = notation.read().apply(fen);
        assertEquals(fen, notation.write().apply(read));
        assertEquals(position.sideToMove(), read.sideToMove());
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
        "B:W21 | it has 3 fields with ':' between them, not 2",
        "X:W21:B1 | the side to move is B or W, not 'X'",
        "B:W21:X1 | pieces begin with B or W, not 'X1'",
        "B:W33:B1 | '33' is no square from 1 to 32",
        "B:W21,21:B1 | '21' is on a square that is taken",
        "B:W21:B30 | a man stands on its last row"
      })
  void draughtsFen_thatIsNone_saysWhy(String fen, String reason) {
    PositionNotation notation = Games.get("checkers").positionNotation().orElseThrow();
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> notation.read().apply(fen));
    assertEquals("FEN '%s': %s.".formatted(fen, reason), wrong.getMessage());
  }
}

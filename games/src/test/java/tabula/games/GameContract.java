package tabula.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every game must do, checked along random games: extend it once for each game.
 *
 * <p>It knows nothing of a game but its {@link Game}. A game whose planes are not square by square
 * what its actions are says so in {@link #planesSquareOf}.
 */
public abstract class GameContract {

  /** Random games in the sample, where games are short, and their positions where they are long. */
  private static final int GAMES = 200;

  private static final int POSITIONS = 3_000;

  /** How many of a position's actions are tried where each takes long. */
  private static final int TRIED = 16;

  private final Game game;
  private final List<List<Position>> games = new ArrayList<>();

  protected GameContract(Game game) {
    this.game = game;
  }

  /**
   * Where a square of the planes goes under a symmetry. Squares are {@code row * width + column},
   * row 0 at the top.
   */
  protected abstract int planesSquareOf(int square, int symmetry);

  @BeforeEach
  void playSample() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    int positions = 0;
    while (games.size() < GAMES && (positions < POSITIONS || games.size() < 12)) {
      List<Position> played = RandomPlay.game(game, random);
      games.add(played);
      positions += played.size();
    }
  }

  /** Every position of the sample, finished ones included. */
  private void forEachPosition(Consumer<Position> check) {
    games.forEach(positions -> positions.forEach(check));
  }

  /** Some positions that lie evenly among those of the sample: for what takes long. */
  private void forSomePositions(Consumer<Position> check) {
    int[] number = {0};
    forEachPosition(
        position -> {
          if (number[0]++ % 8 == 0) {
            check.accept(position);
          }
        });
  }

  /** Every position of the sample in which there is a move. */
  private void forEachOngoing(Consumer<Position> check) {
    forEachPosition(
        position -> {
          if (!position.isOver()) {
            check.accept(position);
          }
        });
  }

  @Test
  void registry_hasTheGame() {
    assertEquals(game, Games.get(game.id()));
    assertTrue(Games.all().contains(game));
    assertTrue(game.id().matches("[a-z0-9-]+"), game.id());
    assertFalse(game.title().isBlank());
  }

  @Test
  void board_andPlanes_haveTheSameSquares() {
    assertEquals(game.board().width(), game.shape().width());
    assertEquals(game.board().height(), game.shape().height());
    int actions =
        switch (game.board().kind()) {
          case DROP -> game.board().width();
          case PLACE, FLIP, POINT, HEX, SURROUND, CHESS ->
              game.board().width() * game.board().height();
          case DRAUGHTS -> game.board().width() * game.board().height() / 2;
          case STEP -> game.board().width() * (game.board().height() - 1);
        };
    assertTrue(game.actionCount() >= actions, "Every column or square is an action.");
  }

  @Test
  void initialPosition_isTheFirstPlayersAndOngoing() {
    Position start = game.initialPosition();
    assertEquals(game, start.game());
    assertEquals(Side.FIRST, start.sideToMove());
    assertEquals(0, start.ply());
    assertEquals(Outcome.ONGOING, start.outcome());
    assertTrue(start.legalActions().length > 0);
  }

  @Test
  void legalActions_areAscending_andExactlyThoseThatIsLegalSays() {
    int[] buffer = new int[game.actionCount()];
    forEachPosition(
        position -> {
          int[] expected =
              IntStream.range(0, game.actionCount()).filter(position::isLegal).toArray();
          int count = position.legalActions(buffer);
          assertArrayEquals(expected, Arrays.copyOf(buffer, count), position::diagram);
          assertArrayEquals(expected, position.legalActions());
          assertEquals(position.isOver(), count == 0, position::diagram);
          assertFalse(position.isLegal(-1));
          assertFalse(position.isLegal(game.actionCount()));
        });
  }

  @Test
  void play_anIllegalAction_throws() {
    forSomePositions(
        position -> {
          IntStream illegal =
              IntStream.rangeClosed(-1, game.actionCount()).filter(a -> !position.isLegal(a));
          for (int tried : some(illegal.toArray())) {
            assertThrows(IllegalArgumentException.class, () -> position.play(tried));
          }
        });
  }

  @Test
  void play_addsAPly_andChangesNothingBefore() {
    forEachOngoing(
        position -> {
          String before = position.diagram();
          long hash = position.hash64();
          for (int action : position.legalActions()) {
            Position after = position.play(action);
            assertEquals(position.ply() + 1, after.ply());
            assertNotEquals(position, after);
            assertEquals(game, after.game());
            assertEquals(after, position.play(action));
          }
          assertEquals(before, position.diagram());
          assertEquals(hash, position.hash64());
        });
  }

  @Test
  void maxPlies_holds_andEveryGameEnds() {
    for (List<Position> positions : games) {
      Position end = positions.getLast();
      assertTrue(end.ply() <= game.maxPlies());
      assertEquals(positions.size() - 1, end.ply());
      assertTrue(end.outcome().isOver());
    }
  }

  @Test
  void outcome_ofOneSide_isTheOppositeOfTheOthers() {
    Set<Outcome> seen = new HashSet<>();
    forEachPosition(
        position -> {
          Outcome outcome = position.outcome();
          seen.add(outcome);
          assertEquals(outcome.isOver(), position.isOver());
          assertEquals(outcome.valueFor(Side.FIRST), -outcome.valueFor(Side.SECOND));
          if (!outcome.isOver()) {
            assertEquals(0, outcome.valueFor(Side.FIRST));
          }
        });
    assertTrue(
        seen.containsAll(Set.of(Outcome.ONGOING, Outcome.FIRST_WINS, Outcome.SECOND_WINS)),
        "The sample has wins of both sides.");
  }

  @Test
  void decidingSquares_areAscending_andHoldPiecesOfTheWinner() {
    for (List<Position> positions : games) {
      Position end = positions.getLast();
      assertNotNull(end.ending());
      int[] squares = end.decidingSquares();
      assertArrayEquals(IntStream.of(squares).distinct().sorted().toArray(), squares);
      for (int square : squares) {
        assertEquals(end.outcome(), Outcome.winOf(Objects.requireNonNull(end.pieceAt(square))));
      }
    }
  }

  @Test
  void canWinAtOnce_saysWhatTryingAllMovesSays() {
    forEachOngoing(
        position -> {
          boolean wins =
              IntStream.of(position.legalActions())
                  .mapToObj(position::play)
                  .anyMatch(after -> after.outcome().valueFor(position.sideToMove()) > 0);
          assertEquals(wins, position.canWinAtOnce(), position::diagram);
        });
  }

  @Test
  void formatMove_isReadBack_andUniqueAmongLegalMoves() {
    forEachOngoing(
        position -> {
          Set<String> written = new HashSet<>();
          for (int action : position.legalActions()) {
            String move = game.formatMove(position, action);
            assertEquals(action, game.parseMove(position, move));
            assertTrue(written.add(move), () -> "Two moves are written " + move);
            assertEquals(move.strip(), move);
          }
        });
  }

  @Test
  void parseMove_ofNoMove_isMinusOne() {
    Position start = game.initialPosition();
    for (String text :
        List.of("", " ", "?", "-", "0", "1 ", "☃", "a", "aa", "a0", "1000000000000")) {
      int action = game.parseMove(start, text);
      assertTrue(
          action == -1 || game.formatMove(start, action).equals(text),
          () -> "'%s' was read as action %d".formatted(text, action));
    }
    assertEquals(-1, game.parseMove(start, ""));
    assertEquals(-1, game.parseMove(start, "?"));
  }

  @Test
  void record_isReadBack() {
    for (List<Position> positions : games) {
      int[] actions = actionsOf(positions);
      GameRecord record = new GameRecord(actions, positions.getLast());
      GameRecord read = valid(GameRecord.read(game, record.format()));
      assertArrayEquals(actions, read.actions());
      assertEquals(positions.getLast(), read.position());
      assertEquals(record.format(), read.format());
    }
  }

  @Test
  void record_ofNoMoves_isTheInitialPosition() {
    for (String line : List.of("", "-", "  ", " - ")) {
      GameRecord read = valid(GameRecord.read(game, line));
      assertEquals(game.initialPosition(), read.position());
      assertEquals("-", read.format());
    }
  }

  @Test
  void record_withWhatIsNoMove_saysWhichAndWhere() {
    Position start = game.initialPosition();
    String first = game.formatMove(start, start.legalActions()[0]);
    assertEquals(
        "Move 2 (?) is not a move of %s.".formatted(game.title()),
        invalid(GameRecord.read(game, first + game.moveSeparator() + "?")));
  }

  @Test
  void record_beyondTheEnd_saysSo() {
    Position end = games.getFirst().getLast();
    String line = new GameRecord(actionsOf(games.getFirst()), end).format();
    String extra = game.formatMove(game.initialPosition(), 0);
    assertEquals(
        "Move %d (%s) comes after the end of the game.".formatted(end.ply() + 1, extra),
        invalid(GameRecord.read(game, line + game.moveSeparator() + extra)));
  }

  @Test
  void record_longerThanAnyGame_isRefused() {
    Position start = game.initialPosition();
    String move = game.formatMove(start, start.legalActions()[0]);
    String line = String.join(game.moveSeparator(), Collections.nCopies(10_000, move));
    assertTrue(invalid(GameRecord.read(game, line)).startsWith("Move "));
  }

  @Test
  void symmetries_ofActions_areAGroupOfPermutations() {
    Set<List<Integer>> permutations = new HashSet<>();
    for (int symmetry = 0; symmetry < game.symmetryCount(); symmetry++) {
      List<Integer> permutation = permutation(symmetry);
      assertEquals(
          IntStream.range(0, game.actionCount()).boxed().toList(),
          permutation.stream().sorted().toList());
      permutations.add(permutation);
    }
    assertEquals(
        IntStream.range(0, game.actionCount()).boxed().toList(), permutation(0), "The identity");
    assertEquals(game.symmetryCount(), permutations.size(), "No symmetry is there twice.");
    for (List<Integer> one : permutations) {
      for (List<Integer> other : permutations) {
        assertTrue(permutations.contains(one.stream().map(other::get).toList()));
      }
    }
  }

  private List<Integer> permutation(int symmetry) {
    return IntStream.range(0, game.actionCount())
        .mapToObj(action -> game.transformAction(action, symmetry))
        .toList();
  }

  @Test
  void symmetries_composeOnPositionsAsOnActions() {
    int[][] composed = composed();
    forEachPosition(
        position -> {
          assertEquals(position, position.transform(0));
          for (int one = 0; one < game.symmetryCount(); one++) {
            for (int other = 0; other < game.symmetryCount(); other++) {
              assertEquals(
                  position.transform(composed[one][other]),
                  position.transform(one).transform(other),
                  position::diagram);
            }
          }
        });
  }

  /** Which symmetry one and then another make, by what they do to actions. */
  private int[][] composed() {
    List<List<Integer>> permutations =
        IntStream.range(0, game.symmetryCount()).mapToObj(this::permutation).toList();
    int[][] composed = new int[game.symmetryCount()][game.symmetryCount()];
    for (int one = 0; one < game.symmetryCount(); one++) {
      for (int other = 0; other < game.symmetryCount(); other++) {
        List<Integer> then = permutations.get(other);
        composed[one][other] =
            permutations.indexOf(permutations.get(one).stream().map(then::get).toList());
      }
    }
    return composed;
  }

  @Test
  void symmetries_commuteWithPlay_andKeepOutcomeSideAndPly() {
    forSomePositions(
        position -> {
          for (int symmetry = 0; symmetry < game.symmetryCount(); symmetry++) {
            Position seen = position.transform(symmetry);
            assertEquals(position.outcome(), seen.outcome());
            assertEquals(position.sideToMove(), seen.sideToMove());
            assertEquals(position.ply(), seen.ply());
            assertEquals(position.legalActions().length, seen.legalActions().length);
            for (int action : some(position.legalActions())) {
              assertEquals(
                  position.play(action).transform(symmetry),
                  seen.play(game.transformAction(action, symmetry)),
                  position::diagram);
            }
          }
        });
  }

  @Test
  void transform_byNoSymmetry_throws() {
    Position start = game.initialPosition();
    assertThrows(RuntimeException.class, () -> start.transform(-1));
    assertThrows(RuntimeException.class, () -> start.transform(game.symmetryCount()));
  }

  @Test
  void writePlanes_writesEveryValueAndNothingElse_zerosAndOnes() {
    int size = game.shape().size();
    forEachPosition(
        position -> {
          float[] planes = new float[size + 2];
          Arrays.fill(planes, Float.NaN);
          position.writePlanes(planes, 1);
          assertTrue(Float.isNaN(planes[0]) && Float.isNaN(planes[size + 1]));
          for (int i = 1; i <= size; i++) {
            assertTrue(planes[i] == 0 || planes[i] == 1, "A value of the planes is " + planes[i]);
          }
        });
  }

  @Test
  void writePlanes_beginWithOwnPiecesAndTheOpponents() {
    forEachPosition(
        position -> {
          float[] planes = planes(position);
          for (int square = 0; square < game.shape().squares(); square++) {
            int seen = position.planesCell(square);
            Side piece = position.pieceAt(square);
            assertEquals(
                piece == position.sideToMove() ? 1 : 0, at(planes, seen, 0), position::diagram);
            assertEquals(
                piece == position.sideToMove().opponent() ? 1 : 0,
                at(planes, seen, 1),
                position::diagram);
          }
        });
  }

  @Test
  void writePlanes_ofATransformedPosition_areTheTransformedPlanes() {
    forSomePositions(
        position -> {
          float[] planes = planes(position);
          for (int symmetry = 0; symmetry < game.symmetryCount(); symmetry++) {
            float[] seen = planes(position.transform(symmetry));
            for (int square = 0; square < game.shape().squares(); square++) {
              for (int channel = 0; channel < game.shape().channels(); channel++) {
                assertEquals(
                    at(planes, square, channel),
                    at(seen, planesSquareOf(square, symmetry), channel),
                    position::diagram);
              }
            }
          }
        });
  }

  @Test
  void equalPositions_haveEqualHashes_andOthersDiffer() {
    Map<Position, Long> hashes = new HashMap<>();
    Set<Long> distinct = new HashSet<>();
    forEachPosition(
        position -> {
          Long known = hashes.put(position, position.hash64());
          assertTrue(known == null || known == position.hash64());
          distinct.add(position.hash64());
        });
    assertEquals(hashes.size(), distinct.size(), "No collisions among so few.");
  }

  @Test
  void hash64_isWellMixed_inEveryBit() {
    Set<Position> positions = new HashSet<>();
    forEachPosition(positions::add);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long mask = 1L << bit;
      double share =
          (double) positions.stream().filter(p -> (p.hash64() & mask) != 0).count()
              / positions.size();
      // Eight standard deviations of as many fair coins.
      double margin = 4 / Math.sqrt(positions.size());
      assertEquals(0.5, share, margin, "Bit " + bit);
    }
  }

  @Test
  void diagram_tellsPositionsApart() {
    Map<String, Position> byDiagram = new HashMap<>();
    forEachPosition(
        position -> {
          Position other = byDiagram.putIfAbsent(position.diagram(), position);
          assertTrue(other == null || other.equals(position), position::diagram);
        });
  }

  /** All of a few actions, and of many some that lie evenly among them. */
  private static int[] some(int[] actions) {
    int count = Math.min(actions.length, TRIED);
    return IntStream.range(0, count).map(i -> actions[i * actions.length / count]).toArray();
  }

  private float[] planes(Position position) {
    float[] planes = new float[game.shape().size()];
    position.writePlanes(planes, 0);
    return planes;
  }

  private float at(float[] planes, int square, int channel) {
    return planes[square * game.shape().channels() + channel];
  }

  private static int[] actionsOf(List<Position> positions) {
    int[] actions = new int[positions.size() - 1];
    for (int i = 0; i < actions.length; i++) {
      Position before = positions.get(i);
      Position after = positions.get(i + 1);
      actions[i] =
          Arrays.stream(before.legalActions())
              .filter(action -> before.play(action).equals(after))
              .findFirst()
              .orElseThrow();
    }
    return actions;
  }

  private static GameRecord valid(GameRecord.Reading reading) {
    return assertInstanceOf(GameRecord.Reading.Valid.class, reading).record();
  }

  private static String invalid(GameRecord.Reading reading) {
    return assertInstanceOf(GameRecord.Reading.Invalid.class, reading).reason();
  }
}

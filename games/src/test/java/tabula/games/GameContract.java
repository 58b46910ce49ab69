package tabula.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tabula.games.GameRecord.Reading;

/** What every game must do: a new one extends this with its own rules' tests. */
public abstract class GameContract {

  private static final int PLAYOUTS = 200;

  private final Game game;

  protected GameContract(Game game) {
    this.game = game;
  }

  /** A position of a random game, and the action that was played in it; -1 at the game's end. */
  private record Step(Position position, int action) {}

  private List<Step> steps() {
    SplittableRandom random = new SplittableRandom(11);
    List<Step> steps = new ArrayList<>();
    for (int playout = 0; playout < PLAYOUTS; playout++) {
      Position position = game.initialPosition();
      while (!position.isOver()) {
        int[] legal = position.legalActions();
        int action = legal[random.nextInt(legal.length)];
        steps.add(new Step(position, action));
        position = position.play(action);
      }
      steps.add(new Step(position, -1));
    }
    return steps;
  }

  @Test
  void game_isRegistered() {
    assertSame(game, Games.get(game.id()));
    assertTrue(game.id().matches("[a-z0-9-]+"));
    assertFalse(game.title().isBlank());
  }

  @Test
  void initialPosition_isOpenAndForTheFirstPlayer() {
    Position start = game.initialPosition();
    assertEquals(Outcome.ONGOING, start.outcome());
    assertEquals(Side.FIRST, start.sideToMove());
    assertEquals(0, start.ply());
    assertSame(game, start.game());
  }

  @Test
  void legalActions_areAscendingAndExactlyTheLegalOnes() {
    for (Step step : steps()) {
      int[] legal = step.position.legalActions();
      Set<Integer> expected = new HashSet<>();
      for (int action = -1; action <= game.actionCount(); action++) {
        if (step.position.isLegal(action)) {
          expected.add(action);
        }
      }
      assertEquals(expected.size(), legal.length);
      for (int i = 0; i < legal.length; i++) {
        assertTrue(expected.contains(legal[i]));
        assertTrue(i == 0 || legal[i - 1] < legal[i]);
      }
      assertEquals(step.position.isOver(), legal.length == 0);
    }
  }

  @Test
  void play_ofAnIllegalAction_throws() {
    for (Step step : steps()) {
      for (int action = -1; action <= game.actionCount(); action++) {
        if (!step.position.isLegal(action)) {
          int illegal = action;
          assertThrows(IllegalArgumentException.class, () -> step.position.play(illegal));
        }
      }
    }
  }

  @Test
  void play_countsPliesAndLeavesThePositionAsItWas() {
    for (Step step : steps()) {
      assertTrue(step.position.ply() <= game.maxPlies());
      if (step.action >= 0) {
        String before = step.position.diagram();
        long hash = step.position.hash64();
        Position after = step.position.play(step.action);
        assertEquals(step.position.ply() + 1, after.ply());
        assertNotEquals(step.position, after);
        assertEquals(before, step.position.diagram());
        assertEquals(hash, step.position.hash64());
      }
    }
  }

  @Test
  void outcome_isTheSameForBothSides() {
    for (Step step : steps()) {
      Outcome outcome = step.position.outcome();
      assertEquals(outcome.isOver(), step.position.isOver());
      assertEquals(-outcome.valueFor(Side.FIRST), outcome.valueFor(Side.SECOND));
    }
  }

  @Test
  void notation_roundTripsAndIsUnique() {
    for (Step step : steps()) {
      Set<String> names = new HashSet<>();
      for (int action : step.position.legalActions()) {
        String move = game.formatMove(step.position, action);
        assertEquals(action, game.parseMove(step.position, move));
        assertTrue(names.add(move));
      }
      for (String nonsense : List.of("", " ", "no move", "99999", "\u0000", "é")) {
        assertEquals(-1, game.parseMove(step.position, nonsense), nonsense);
      }
    }
  }

  @Test
  void record_roundTrips() {
    List<Integer> actions = new ArrayList<>();
    for (Step step : steps()) {
      int[] played = actions.stream().mapToInt(Integer::intValue).toArray();
      String line = new GameRecord(played, step.position).format();
      GameRecord read = assertInstanceOf(Reading.Valid.class, GameRecord.read(game, line)).record();
      assertArrayEquals(played, read.actions());
      assertEquals(step.position, read.position());
      if (step.action >= 0) {
        actions.add(step.action);
      } else {
        String tooLong =
            line
                + game.moveSeparator()
                + game.formatMove(game.initialPosition(), game.initialPosition().legalActions()[0]);
        assertInstanceOf(Reading.Invalid.class, GameRecord.read(game, tooLong));
        actions.clear();
      }
    }
    assertInstanceOf(Reading.Invalid.class, GameRecord.read(game, "nonsense"));
    assertInstanceOf(Reading.Valid.class, GameRecord.read(game, "-"));
  }

  @Test
  void symmetries_commuteWithPlay() {
    for (Step step : steps()) {
      assertEquals(step.position, step.position.transform(0));
      for (int symmetry = 0; symmetry < game.symmetryCount(); symmetry++) {
        Position transformed = step.position.transform(symmetry);
        assertEquals(step.position.outcome(), transformed.outcome());
        assertEquals(step.position.sideToMove(), transformed.sideToMove());
        if (step.action >= 0) {
          assertEquals(
              step.position.play(step.action).transform(symmetry),
              transformed.play(game.transformAction(step.action, symmetry)));
        }
      }
    }
  }

  @Test
  void transformAction_permutesTheActions() {
    for (int symmetry = 0; symmetry < game.symmetryCount(); symmetry++) {
      Set<Integer> images = new HashSet<>();
      for (int action = 0; action < game.actionCount(); action++) {
        images.add(game.transformAction(action, symmetry));
      }
      assertEquals(game.actionCount(), images.size());
      assertTrue(images.stream().allMatch(image -> image >= 0 && image < game.actionCount()));
    }
  }

  @Test
  void writePlanes_writesEveryValueAndTellsPositionsApart() {
    int size = game.shape().size();
    for (Step step : steps()) {
      float[] planes = new float[size + 2];
      Arrays.fill(planes, 7);
      step.position.writePlanes(planes, 1);
      assertEquals(7, planes[0]);
      assertEquals(7, planes[size + 1]);
      int own = 0;
      int opponent = 0;
      for (int square = 0; square < game.shape().squares(); square++) {
        float mine = planes[1 + square * game.shape().channels()];
        float theirs = planes[2 + square * game.shape().channels()];
        own += (int) mine;
        opponent += (int) theirs;
        assertTrue(mine + theirs <= 1, "a square has one piece at most");
      }
      for (int i = 1; i <= size; i++) {
        assertTrue(planes[i] == 0 || planes[i] == 1);
      }
      // Seen by the side to move: what was its opponent's becomes its own with the next move.
      if (step.action >= 0) {
        float[] after = new float[size];
        step.position.play(step.action).writePlanes(after, 0);
        int ownAfter = 0;
        for (int square = 0; square < game.shape().squares(); square++) {
          ownAfter += (int) after[square * game.shape().channels()];
        }
        assertEquals(opponent, ownAfter);
        assertTrue(own <= game.shape().squares());
      }
    }
  }

  @Test
  void hash64_isOneForEqualPositionsAndSeldomForOthers() {
    Map<Long, Position> seen = new HashMap<>();
    for (Step step : steps()) {
      Position before = seen.putIfAbsent(step.position.hash64(), step.position);
      assertTrue(
          before == null || before.equals(step.position), "two positions share a hash of 64 bits");
    }
  }
}

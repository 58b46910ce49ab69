package tabula.agents.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tabula.agents.Decision;
import tabula.agents.evaluate.CachingEvaluator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.GameRecord.Reading;
import tabula.games.Position;
import tabula.games.RandomPlay;
import tabula.games.connectfour.ConnectFour;
import tabula.games.tictactoe.TicTacToe;

class SearchTests {

  /** Knows nothing: every move alike, every position even. */
  private static final Evaluator KNOWS_NOTHING =
      batch -> {
        Arrays.fill(batch.logits(), 0);
        Arrays.fill(batch.values(), 0);
      };

  /** Judgements that look random, but are the same for the same position. */
  private static final Evaluator NOISE =
      batch -> {
        int actions = batch.game().actionCount();
        for (int slot = 0; slot < batch.size(); slot++) {
          SplittableRandom noise = new SplittableRandom(batch.position(slot).hash64());
          for (int action = 0; action < actions; action++) {
            batch.logits()[slot * actions + action] = (float) noise.nextDouble(-2, 2);
          }
          batch.values()[slot] = (float) noise.nextDouble(-1, 1);
        }
      };

  static List<Search> searches() {
    return List.of(
        new GumbelSearch(ConnectFour.GAME, GumbelConfig.match(100)),
        new GumbelSearch(ConnectFour.GAME, GumbelConfig.SELF_PLAY),
        new PuctSearch(ConnectFour.GAME, PuctConfig.MATCH),
        new PuctSearch(ConnectFour.GAME, PuctConfig.SELF_PLAY));
  }

  private static Position after(Game game, String moves) {
    return assertInstanceOf(Reading.Valid.class, GameRecord.read(game, moves)).record().position();
  }

  private static Decision search(
      Search search, Position root, int simulations, Evaluator evaluator) {
    EvaluationBatch batch = new EvaluationBatch(root.game(), search.maxGathered());
    return search.search(root, simulations, new SplittableRandom(3), evaluator, batch);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void search_ofAWinInOne_provesItWithoutEvaluations(Search search) {
    Evaluator none =
        batch -> {
          throw new AssertionError("asked for an evaluation");
        };
    Decision decision = search(search, after(ConnectFour.GAME, "112233"), 50, none);
    assertEquals(3, decision.action());
    assertEquals(1, decision.value());
    assertTrue(decision.proven());
    assertEquals(1, decision.policy()[3]);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void search_ofALossInOne_preventsIt(Search search) {
    Decision decision = search(search, after(ConnectFour.GAME, "11223"), 60, KNOWS_NOTHING);
    assertEquals(3, decision.action());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void search_givesAPolicyOverTheLegalMoves(Search search) {
    for (String moves : new String[] {"-", "4455", "444444", "44444422222233"}) {
      Position position = after(ConnectFour.GAME, moves);
      for (int simulations : new int[] {0, 1, 2, 7, 32, 300}) {
        Decision decision = search(search, position, simulations, NOISE);
        float sum = 0;
        for (int action = 0; action < 7; action++) {
          assertTrue(decision.policy()[action] >= 0);
          assertTrue(decision.policy()[action] == 0 || position.isLegal(action));
          sum += decision.policy()[action];
        }
        assertEquals(1, sum, 1e-4);
        assertTrue(position.isLegal(decision.action()));
        assertTrue(decision.value() >= -1 && decision.value() <= 1);
        assertTrue(Arrays.stream(decision.visits()).sum() <= simulations);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void search_withTheSameSeed_isTheSame(Search search) {
    Position position = after(ConnectFour.GAME, "4455");
    Decision one = search(search, position, 200, NOISE);
    Decision other = search(search, position, 200, NOISE);
    assertEquals(one.action(), other.action());
    assertArrayEquals(one.visits(), other.visits());
    assertArrayEquals(one.policy(), other.policy());
  }

  @Test
  void search_ofTicTacToeToItsEnd_keepsAndProvesTheTruth() {
    Solver solver = Solver.of(TicTacToe.GAME).orElseThrow();
    GumbelSearch gumbel = new GumbelSearch(TicTacToe.GAME, new GumbelConfig(9, 50, 1, 0));
    PuctSearch puct = new PuctSearch(TicTacToe.GAME, PuctConfig.MATCH);
    SplittableRandom random = new SplittableRandom(9);
    int proven = 0;
    for (int i = 0; i < 60; i++) {
      Position position = TicTacToe.GAME.initialPosition();
      while (position.ply() < 3 + i % 4 && !position.isOver()) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (position.isOver()) {
        continue;
      }
      for (Search search : List.of(gumbel, puct)) {
        Decision decision = search(search, position, 20_000, NOISE);
        if (decision.proven()) {
          proven++;
          assertEquals(solver.value(position), decision.value(), position::diagram);
        }
        Position after = position.play(decision.action());
        int kept =
            after.isOver() ? after.outcome().valueFor(position.sideToMove()) : -solver.value(after);
        assertEquals(solver.value(position), kept, position::diagram);
      }
    }
    assertTrue(proven > 60, "proven: " + proven);
  }

  @Test
  void gumbel_spendsItsSimulationsByHalving() {
    Decision decision =
        search(
            new GumbelSearch(ConnectFour.GAME, new GumbelConfig(4, 50, 1, 0)),
            ConnectFour.GAME.initialPosition(),
            32,
            NOISE);
    int[] visits = Arrays.stream(decision.visits()).filter(count -> count > 0).sorted().toArray();
    // 32 over two phases: four moves get 4 each, then the better two 8 more each.
    assertArrayEquals(new int[] {4, 4, 12, 12}, visits);
    assertEquals(12, decision.visits()[decision.action()]);
  }

  @Test
  void gumbel_improvesThePolicyTowardsWhatItFinds() {
    // One first move is worth more than the others: the improved policy must say so.
    Evaluator likesColumnThree =
        batch -> {
          Arrays.fill(batch.logits(), 0);
          for (int slot = 0; slot < batch.size(); slot++) {
            Position position = batch.position(slot);
            boolean played = position.diagram().split("\n", -1)[5].charAt(4) == 'X';
            batch.values()[slot] = played ? (position.ply() % 2 == 0 ? 0.5f : -0.5f) : 0;
          }
        };
    Decision decision =
        search(
            new GumbelSearch(ConnectFour.GAME, GumbelConfig.SELF_PLAY),
            ConnectFour.GAME.initialPosition(),
            64,
            likesColumnThree);
    for (int action = 0; action < 7; action++) {
      assertTrue(action == 2 || decision.policy()[2] > decision.policy()[action]);
    }
  }

  @Test
  void cache_answersFromMemory_alsoForTheMirrorImage() {
    int[] asked = {0};
    Evaluator counting =
        batch -> {
          asked[0] += batch.size();
          NOISE.evaluate(batch);
        };
    CachingEvaluator cache =
        new CachingEvaluator(
            ConnectFour.GAME, counting, new EvaluationCache(ConnectFour.GAME, 1 << 10), 8);
    EvaluationBatch batch = new EvaluationBatch(ConnectFour.GAME, 8);
    Position position = after(ConnectFour.GAME, "1123");
    batch.add(position);
    cache.evaluate(batch);
    float[] first = Arrays.copyOf(batch.logits(), 7);
    float value = batch.values()[0];
    batch.clear();
    batch.add(position.transform(1));
    batch.add(position);
    cache.evaluate(batch);
    assertEquals(1, asked[0]);
    assertEquals(2, cache.hits());
    for (int action = 0; action < 7; action++) {
      assertEquals(first[action], batch.logits()[6 - action]);
      assertEquals(first[action], batch.logits()[7 + action]);
    }
    assertEquals(value, batch.values()[1]);
    cache.networkChanged(2);
    cache.evaluate(batch);
    assertEquals(2, asked[0], "Asked anew, once for both.");
  }

  @Test
  void cache_sharedByThreads_neverMixesTwoEvaluations() throws InterruptedException {
    // So few slots that they are written all the time.
    EvaluationCache shared = new EvaluationCache(ConnectFour.GAME, 4);
    List<Position> positions = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 64; i++) {
      positions.add(RandomPlay.position(ConnectFour.GAME, 8, random));
    }
    AtomicInteger wrong = new AtomicInteger();
    AtomicLong hits = new AtomicLong();
    Runnable work =
        () -> {
          CachingEvaluator cache = new CachingEvaluator(ConnectFour.GAME, NOISE, shared, 1);
          EvaluationBatch batch = new EvaluationBatch(ConnectFour.GAME, 1);
          EvaluationBatch truth = new EvaluationBatch(ConnectFour.GAME, 1);
          SplittableRandom chosen = new SplittableRandom(5);
          for (int i = 0; i < 100_000; i++) {
            batch.clear();
            batch.add(positions.get(chosen.nextInt(64)));
            cache.evaluate(batch);
            truth.clear();
            truth.add(batch.position(0));
            new CachingEvaluator(
                    ConnectFour.GAME, NOISE, new EvaluationCache(ConnectFour.GAME, 1), 1)
                .evaluate(truth);
            if (!Arrays.equals(batch.logits(), truth.logits())
                || !Arrays.equals(batch.values(), truth.values())) {
              wrong.incrementAndGet();
            }
          }
          hits.addAndGet(cache.hits());
        };
    Thread one = Thread.ofPlatform().start(work);
    Thread other = Thread.ofPlatform().start(work);
    one.join();
    other.join();
    assertEquals(0, wrong.get());
    assertTrue(hits.get() > 1000, "Something was remembered.");
  }

  @Test
  void fastExp_isRightToOnePartInAHundredThousand() {
    for (float x = -30; x < 30; x += 0.0137f) {
      assertEquals(1, FastExp.exp(x) / Math.exp(x), 1e-5);
    }
    assertEquals(0, FastExp.exp(Float.NEGATIVE_INFINITY));
  }
}

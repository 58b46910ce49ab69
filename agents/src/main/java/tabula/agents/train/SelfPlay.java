package tabula.agents.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tabula.agents.Decision;
import tabula.agents.evaluate.CachingEvaluator;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.agents.evaluate.EvaluationCache;
import tabula.agents.evaluate.Evaluator;
import tabula.agents.search.Search;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;
import tabula.games.Side;

/**
 * Plays many games against itself at once, in one thread: all their searches go on together, and
 * share each batch of evaluations. Nothing is handed between threads, so a core spends its time in
 * the evaluator.
 */
public final class SelfPlay {

  private final Game game;
  private final SelfPlayConfig config;
  private final Consumer<Trajectory> finished;
  private final Resignation resignation;
  private final CachingEvaluator evaluator;
  private final EvaluationBatch batch;
  private final List<Slot> slots = new ArrayList<>();
  private long moves;
  private long games;
  private long batches;
  private long resigned;
  private double progress;

  /**
   * What was done since the start.
   *
   * @param resigned how many of the games a side resigned
   */
  public record Counts(
      long games, long moves, long evaluations, long cacheHits, long batches, long resigned) {

    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          games + other.games,
          moves + other.moves,
          evaluations + other.evaluations,
          cacheHits + other.cacheHits,
          batches + other.batches,
          resigned + other.resigned);
    }

    /** The share of the positions asked for that were answered from memory. */
    public double hitShare() {
      return cacheHits == 0 ? 0 : (double) cacheHits / (cacheHits + evaluations);
    }

    /** How many positions the network was handed at once, on average. */
    public double meanBatch() {
      return batches == 0 ? 0 : (double) evaluations / batches;
    }
  }

  /**
   * Self-play that has not begun.
   *
   * @param cache shared by all threads of self-play
   * @param resignation shared by them, too
   * @param random where the games' random streams come from
   * @param state games to go on with
   * @param finished is handed each finished game
   */
  public SelfPlay(
      Game game,
      SelfPlayConfig config,
      Evaluator network,
      EvaluationCache cache,
      Resignation resignation,
      RandomStream random,
      SelfPlayState state,
      Consumer<Trajectory> finished) {
    this.game = game;
    this.config = config;
    this.resignation = resignation;
    this.finished = finished;
    for (int i = 0; i < config.gamesPerThread(); i++) {
      RandomStream stream = random.split();
      slots.add(i < state.games().size() ? new Slot(state.games().get(i)) : new Slot(stream));
    }
    int capacity = config.gamesPerThread() * slots.getFirst().search.maxGathered();
    this.evaluator = new CachingEvaluator(game, network, cache, capacity);
    this.batch = new EvaluationBatch(game, capacity);
  }

  /** Carries every game's search on by one round of evaluations. */
  public void step() {
    batch.clear();
    for (Slot slot : slots) {
      slot.gather();
    }
    evaluator.evaluate(batch);
    batches++;
    for (Slot slot : slots) {
      slot.search.accept(batch);
    }
  }

  /**
   * The network behind has changed: what was remembered of the old one is forgotten.
   *
   * @param version the same for all who share the cache and this network
   */
  public void networkChanged(long version) {
    evaluator.networkChanged(version);
  }

  /**
   * Searches that begin from now on have as many simulations as at this time of the run.
   *
   * @param share how much of the run's time is over, in [0, 1]
   */
  public void progress(double share) {
    progress = share;
  }

  /** The games as they stand: what another self-play can go on with. */
  public SelfPlayState state() {
    return new SelfPlayState(slots.stream().map(Slot::state).toList());
  }

  /** The first few games, as far as they are played. */
  public List<Trajectory> unfinished(int most) {
    return slots.stream().limit(most).map(Slot::trajectory).toList();
  }

  public Counts counts() {
    return new Counts(games, moves, evaluator.evaluations(), evaluator.hits(), batches, resigned);
  }

  /** One of the games. */
  private final class Slot {

    private final RandomStream slotRandom;
    private final Search fullSearch;
    private final Search fastSearch;
    private final short[] actions = new short[game.maxPlies()];
    private final short[] exampleMoves = new short[game.maxPlies()];

    /** Grows with the game: few take as many moves as a game may. */
    private float[] policies = new float[0];

    private final float[] values = new float[game.maxPlies()];
    private final boolean[] proven = new boolean[game.maxPlies()];
    private Position position = game.initialPosition();
    private int ply;
    private int examples;
    private boolean full;
    private Search search;

    /** Nobody resigns this game: it shows whether that would have been right. */
    private boolean playedOn = true;

    /** The lowest value that a search found for each side that has searched. */
    private final Map<Side, Float> lowest = new EnumMap<>(Side.class);

    /** The state of {@link #slotRandom} when the search that goes on began. */
    private long randomBefore;

    private Slot(long randomState) {
      this.slotRandom = new RandomStream(randomState);
      this.fullSearch = config.newFullSearch(game);
      this.fastSearch = config.newFastSearch(game);
      this.search = fullSearch;
    }

    /** A new game. */
    Slot(RandomStream random) {
      this(random.state());
      newGame();
      startSearch();
    }

    /** A game that goes on, to its end: who would have resigned before is not known any more. */
    Slot(SelfPlayState.Unfinished unfinished) {
      this(unfinished.random());
      Trajectory soFar = unfinished.soFar();
      for (short action : soFar.actions()) {
        play(action);
      }
      examples = soFar.examples();
      System.arraycopy(soFar.exampleMoves(), 0, exampleMoves, 0, examples);
      policies = soFar.policies().clone();
      System.arraycopy(soFar.values(), 0, values, 0, examples);
      System.arraycopy(soFar.proven(), 0, proven, 0, examples);
      startSearch();
    }

    SelfPlayState.Unfinished state() {
      return new SelfPlayState.Unfinished(randomBefore, trajectory());
    }

    private Trajectory trajectory() {
      return trajectory(position.outcome());
    }

    private Trajectory trajectory(Outcome outcome) {
      return new Trajectory(
          game,
          Arrays.copyOf(actions, ply),
          Arrays.copyOf(exampleMoves, examples),
          Arrays.copyOf(policies, examples * game.actionCount()),
          Arrays.copyOf(values, examples),
          Arrays.copyOf(proven, examples),
          outcome);
    }

    /** Asks for evaluations, playing moves for as long as searches need none. */
    void gather() {
      int before = batch.size();
      while (batch.size() == before) {
        if (search.isDone()) {
          playMove();
          startSearch();
        } else {
          search.gather(batch);
        }
      }
    }

    private void startSearch() {
      randomBefore = slotRandom.state();
      full = slotRandom.nextDouble() < config.fullShare();
      search = full ? fullSearch : fastSearch;
      search.start(position, config.visits(full, progress), slotRandom);
    }

    private void playMove() {
      Decision decision = search.decision();
      Side side = position.sideToMove();
      lowest.merge(side, decision.value(), Math::min);
      if (!playedOn && decision.value() < resignation.figures().threshold()) {
        resigned++;
        finish(Outcome.winOf(side.opponent()));
        return;
      }
      if (full) {
        exampleMoves[examples] = (short) ply;
        int needed = (examples + 1) * game.actionCount();
        if (policies.length < needed) {
          policies = Arrays.copyOf(policies, Math.max(needed, 2 * policies.length));
        }
        System.arraycopy(
            decision.policy(), 0, policies, examples * game.actionCount(), game.actionCount());
        values[examples] = decision.value();
        proven[examples] = decision.proven();
        examples++;
      }
      play(decision.action());
      moves++;
      if (position.isOver()) {
        if (playedOn && resignation.config().isOn()) {
          for (Side each : Side.values()) {
            resignation.add(lowest.getOrDefault(each, 1f), position.outcome().valueFor(each) < 0);
          }
        }
        finish(position.outcome());
      }
    }

    private void finish(Outcome outcome) {
      games++;
      finished.accept(trajectory(outcome));
      newGame();
    }

    private void play(int action) {
      actions[ply++] = (short) action;
      position = position.play(action);
    }

    private void newGame() {
      do {
        int most = Math.min(config.openingPlies(), game.maxPlies() / 3);
        int opening = slotRandom.nextInt(most + 1);
        position = game.initialPosition();
        ply = 0;
        examples = 0;
        while (ply < opening && !position.isOver()) {
          int[] legal = position.legalActions();
          play(legal[slotRandom.nextInt(legal.length)]);
        }
      } while (position.isOver());
      lowest.clear();
      // Nothing is drawn where nobody resigns: such games are the same as ever.
      playedOn =
          !config.resign().isOn() || slotRandom.nextDouble() < config.resign().checkedShare();
    }
  }
}

package tabula.agents.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tabula.agents.Agent;
import tabula.agents.Decision;
import tabula.agents.measure.Accuracy;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.network.LookingBack;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.agents.search.GumbelConfig;
import tabula.agents.search.GumbelSearch;
import tabula.agents.search.SearchGroup;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;

/**
 * Plays the matches that decide whether a network is better than another, or than an agent. All
 * games go on at once, so that their evaluations share batches; each pair of games starts from the
 * same random opening, sides changed.
 */
public final class Gate {

  private static final int OPENING_PLIES = 4;

  /** An even number of games that every opponent has time for. */
  private static final int FEW = 8;

  private static final int CACHE_SIZE = 1 << 14;

  private final Game game;
  private final int visits;

  public Gate(Game game, int visits) {
    this.game = game;
    this.visits = visits;
  }

  /** A match's points: 1 for a win, a half for a draw, for the first named player. */
  public record Score(int wins, int draws, int losses) {

    public int games() {
      return wins + draws + losses;
    }

    Score and(Score other) {
      return new Score(wins + other.wins, draws + other.draws, losses + other.losses);
    }

    /** The share of the points, in [0, 1]. */
    public double share() {
      return (wins + 0.5 * draws) / games();
    }
  }

  /** A network against a network. */
  public Score play(
      NetworkSpec spec, float[] weights, float[] opponent, int games, RandomGenerator random) {
    return play(
        spec.view(game),
        new NetworkPlayer(spec, weights, games),
        new NetworkPlayer(spec, opponent, games),
        games,
        random);
  }

  /**
   * A network against an agent that may be slow: the first few games tell how many more there is
   * time for.
   *
   * @param most an even number of games
   */
  public Score playWithin(
      Duration time,
      NetworkSpec spec,
      float[] weights,
      Agent opponent,
      int most,
      RandomGenerator random) {
    long began = System.nanoTime();
    int few = Math.min(FEW, most);
    Score first = play(spec, weights, opponent, few, random);
    long each = Math.max(1, (System.nanoTime() - began) / few);
    long more = Math.min(most, time.toNanos() / each) - few;
    return more < 2
        ? first
        : first.and(play(spec, weights, opponent, (int) (more - more % 2), random));
  }

  /** A network against an agent. */
  public Score play(
      NetworkSpec spec, float[] weights, Agent opponent, int games, RandomGenerator random) {
    return play(
        spec.view(game),
        new NetworkPlayer(spec, weights, games),
        new AgentPlayer(opponent),
        games,
        random);
  }

  /** How many of the moves that a network's policy makes alone keep the game's value. */
  public Accuracy accuracy(
      NetworkSpec spec, float[] weights, List<LabelledPosition> positions, RandomGenerator random) {
    SearchGroup group = group(spec, weights, NetworkEvaluator.MAX_BATCH);
    return Accuracy.of(
        positions,
        group.decide(
            positions.stream()
                .map(labelled -> LookingBack.seen(spec.view(game), labelled.position()))
                .toList(),
            0,
            random));
  }

  private SearchGroup group(NetworkSpec spec, float[] weights, int atOnce) {
    Game view = spec.view(game);
    return new SearchGroup(
        view,
        () -> new GumbelSearch(view, GumbelConfig.match(visits)),
        new NetworkEvaluator(game, spec, weights),
        atOnce,
        CACHE_SIZE);
  }

  private static Score play(
      Game view, Player player, Player opponent, int games, RandomGenerator random) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < games; i += 2) {
      Position opening = opening(view, random);
      slots.add(new Slot(opening, Side.FIRST));
      slots.add(new Slot(opening, Side.SECOND));
    }
    List<Slot> running = new ArrayList<>(slots);
    while (!running.isEmpty()) {
      player.move(
          running.stream().filter(slot -> slot.position.sideToMove() == slot.side).toList(),
          random);
      running.removeIf(slot -> slot.position.isOver());
      opponent.move(
          running.stream().filter(slot -> slot.position.sideToMove() != slot.side).toList(),
          random);
      running.removeIf(slot -> slot.position.isOver());
    }
    int[] results = new int[3];
    for (Slot slot : slots) {
      results[1 - slot.position.outcome().valueFor(slot.side)]++;
    }
    return new Score(results[0], results[1], results[2]);
  }

  private static Position opening(Game game, RandomGenerator random) {
    while (true) {
      Position position = game.initialPosition();
      int plies = random.nextInt(OPENING_PLIES + 1);
      for (int ply = 0; ply < plies && !position.isOver(); ply++) {
        int[] legal = position.legalActions();
        position = position.play(legal[random.nextInt(legal.length)]);
      }
      if (!position.isOver()) {
        return position;
      }
    }
  }

  /** A game of the match, and the side that the first named player has in it. */
  private static final class Slot {
    final Side side;
    Position position;

    Slot(Position position, Side side) {
      this.position = position;
      this.side = side;
    }
  }

  /** Moves once in every game that it is handed. */
  private interface Player {
    void move(List<Slot> slots, RandomGenerator random);
  }

  private record AgentPlayer(Agent agent) implements Player {
    @Override
    public void move(List<Slot> slots, RandomGenerator random) {
      for (Slot slot : slots) {
        slot.position =
            slot.position.play(agent.decide(LookingBack.plain(slot.position), random).action());
      }
    }
  }

  private final class NetworkPlayer implements Player {

    private final SearchGroup group;

    NetworkPlayer(NetworkSpec spec, float[] weights, int games) {
      group = group(spec, weights, games);
    }

    @Override
    public void move(List<Slot> slots, RandomGenerator random) {
      List<Decision> decisions =
          group.decide(slots.stream().map(slot -> slot.position).toList(), visits, random);
      for (int i = 0; i < slots.size(); i++) {
        slots.get(i).position = slots.get(i).position.play(decisions.get(i).action());
      }
    }
  }
}

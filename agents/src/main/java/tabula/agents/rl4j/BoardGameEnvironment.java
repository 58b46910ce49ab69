package tabula.agents.rl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.Environment;
import org.deeplearning4j.rl4j.environment.IActionSchema;
import org.deeplearning4j.rl4j.environment.Schema;
import org.deeplearning4j.rl4j.environment.StepResult;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A game as RL4J's environment: an episode is a game, the learner has either side of it, and a step
 * is the learner's move with the opponent's answer. The reward is the game's result, in [-1, 1],
 * and 0 before. Each observation shows the position through a symmetry drawn anew.
 */
final class BoardGameEnvironment implements Environment<Integer> {

  /** Chooses for the side to move. */
  interface Opponent {
    /** A new game begins. */
    void newGame();

    int choose(Position position);
  }

  private final Game game;
  private final int openingPlies;
  private final Opponent opponent;
  private final RandomGenerator random;
  private final Consumer<Trajectory> finished;
  private final int[] inverse;
  private final short[] actions;
  private final short[] decisions;
  private int plies;
  private int decided;
  private Position position;
  private Side learner = Side.FIRST;
  private int symmetry;

  /**
   * An environment before its first game.
   *
   * @param openingPlies games start with 0 to this many random moves, at most a third of the
   *     longest game
   * @param finished is handed each finished game, whose examples are the learner's decisions
   */
  BoardGameEnvironment(
      Game game,
      int openingPlies,
      Opponent opponent,
      RandomGenerator random,
      Consumer<Trajectory> finished) {
    this.game = game;
    this.openingPlies = Math.min(openingPlies, game.maxPlies() / 3);
    this.opponent = opponent;
    this.random = random;
    this.finished = finished;
    this.inverse = new int[game.actionCount()];
    this.actions = new short[game.maxPlies()];
    this.decisions = new short[game.maxPlies()];
    this.position = game.initialPosition();
  }

  @Override
  public Schema<Integer> getSchema() {
    return new Schema<>(
        new IActionSchema<>() {
          @Override
          public int getActionSpaceSize() {
            return game.actionCount();
          }

          /** RL4J's filler before the first decision: it is never played. */
          @Override
          public Integer getNoOp() {
            return 0;
          }

          @Override
          public Integer getRandomAction() {
            int[] legal = position.legalActions();
            return game.transformAction(legal[random.nextInt(legal.length)], symmetry);
          }
        });
  }

  @Override
  public Map<String, Object> reset() {
    do {
      opponent.newGame();
      learner = random.nextBoolean() ? Side.FIRST : Side.SECOND;
      position = game.initialPosition();
      plies = 0;
      decided = 0;
      int opening = random.nextInt(openingPlies + 1);
      while (plies < opening && !position.isOver()) {
        int[] legal = position.legalActions();
        play(legal[random.nextInt(legal.length)]);
      }
      letOpponentPlay();
    } while (position.isOver());
    return observation();
  }

  /**
   * Plays the learner's move, and the opponent's answer.
   *
   * @throws IllegalStateException if the move is not legal: the learner is masked, so this is a bug
   */
  @Override
  public StepResult step(Integer shown) {
    int action = inverse[shown];
    if (!position.isLegal(action)) {
      throw new IllegalStateException(
          "The learner chose %d, which is not legal in\n%s".formatted(action, position.diagram()));
    }
    decisions[decided++] = (short) plies;
    play(action);
    letOpponentPlay();
    boolean over = position.isOver();
    if (over) {
      finished.accept(trajectory());
    }
    return new StepResult(observation(), over ? position.outcome().valueFor(learner) : 0.0, over);
  }

  private void letOpponentPlay() {
    while (!position.isOver() && position.sideToMove() != learner) {
      play(opponent.choose(position));
    }
  }

  private void play(int action) {
    actions[plies++] = (short) action;
    position = position.play(action);
  }

  private Map<String, Object> observation() {
    symmetry = random.nextInt(game.symmetryCount());
    for (int action = 0; action < inverse.length; action++) {
      inverse[game.transformAction(action, symmetry)] = action;
    }
    // RL4J puts its own into the map.
    Map<String, Object> channels = new HashMap<>();
    channels.put(Boards.CHANNEL, Boards.encode(position.transform(symmetry)));
    return channels;
  }

  /** What was played, as a policy that was sure of it, and the result as its value. */
  private Trajectory trajectory() {
    float[] policies = new float[decided * game.actionCount()];
    float[] values = new float[decided];
    for (int i = 0; i < decided; i++) {
      policies[i * game.actionCount() + actions[decisions[i]]] = 1;
      values[i] = position.outcome().valueFor(learner);
    }
    return new Trajectory(
        game,
        Arrays.copyOf(actions, plies),
        Arrays.copyOf(decisions, decided),
        policies,
        values,
        new boolean[decided],
        position.outcome());
  }

  @Override
  public boolean isEpisodeFinished() {
    return position.isOver();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

package tabula.agents.rl4j;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.lang3.builder.Builder;
import org.deeplearning4j.rl4j.agent.AgentLearner;
import org.deeplearning4j.rl4j.agent.IAgentLearner;
import org.deeplearning4j.rl4j.agent.learning.algorithm.actorcritic.AdvantageActorCritic;
import org.deeplearning4j.rl4j.agent.learning.algorithm.dqn.BaseTransitionTDAlgorithm;
import org.deeplearning4j.rl4j.agent.learning.update.updater.NeuralNetUpdaterConfiguration;
import org.deeplearning4j.rl4j.builder.AdvantageActorCriticBuilder;
import org.deeplearning4j.rl4j.builder.DoubleDQNBuilder;
import org.deeplearning4j.rl4j.environment.Environment;
import org.deeplearning4j.rl4j.experience.ExperienceHandler;
import org.deeplearning4j.rl4j.experience.ReplayMemoryExperienceHandler;
import org.deeplearning4j.rl4j.experience.StateActionExperienceHandler;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.Observation;
import org.deeplearning4j.rl4j.observation.transform.TransformProcess;
import org.deeplearning4j.rl4j.policy.EpsGreedy;
import org.deeplearning4j.rl4j.trainer.SyncTrainer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import tabula.agents.network.Losses;
import tabula.agents.network.NetworkSpec;
import tabula.agents.network.Norms;
import tabula.agents.network.nd4j.TrainableNetwork;
import tabula.agents.train.LearnerState;
import tabula.agents.train.RandomStream;
import tabula.agents.train.ReinforcementConfig;
import tabula.agents.train.Trajectory;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;

/**
 * RL4J behind one door: it plays games against past selves and learns from their results, a turn at
 * a time, in the caller's thread. What goes wrong inside comes out as an exception, and a turn ends
 * with the game in which its time was over.
 */
public final class ReinforcementLearner {

  private final Game game;
  private final ReinforcementConfig config;
  private final Consumer<Trajectory> finished;
  private final RewardNetwork<?> network;
  private final PastSelves pastSelves;
  private final RandomStream random;
  private final @Nullable GuardedReplay replay;
  private final SyncTrainer<Integer> trainer;
  private BooleanSupplier turnIsOver = () -> true;
  private long games;
  private long examples;
  private long moves;
  private long used;

  /**
   * A learner that starts or goes on.
   *
   * @param state where its network is to start
   * @param pastSelves the opponents, the oldest first; none for a run that starts
   * @param history what the run has played
   * @param finished is handed each finished game
   */
  public ReinforcementLearner(
      Game game,
      NetworkSpec spec,
      ReinforcementConfig config,
      LearnerState state,
      List<float[]> pastSelves,
      RewardHistory history,
      Consumer<Trajectory> finished) {
    this.game = game;
    this.config = config;
    this.finished = finished;
    this.random = new RandomStream(state.random());
    this.used = state.used();
    this.games = history.games();
    this.examples = history.examples();
    this.pastSelves =
        new PastSelves(
            game,
            spec,
            config.poolSize(),
            switch (config.algorithm()) {
              // Boltzmann's temperature is the Q-values' scale; who plays to win is colder.
              case DQN -> 4;
              case A2C -> 1;
            },
            pastSelves.isEmpty() ? List.of(state.trainer().weights()) : pastSelves);
    TrainableNetwork trainable =
        new TrainableNetwork(game, spec, config.optimizer(), config.averaging(), state.trainer());
    Random draws = Nd4j.getRandomFactory().getNewRandomInstance(random.nextLong());
    this.network =
        switch (config.algorithm()) {
          case DQN -> new QValueNetwork(trainable);
          case A2C -> new ActorCritic(trainable, config.entropyWeight());
        };
    this.replay =
        switch (config.algorithm()) {
          case DQN ->
              new GuardedReplay(
                  config.bufferCapacity(), config.firstExamples(), config.batch(), draws);
          case A2C -> null;
        };
    this.trainer =
        new SyncTrainer<>(
            replay == null ? advantageActorCritic(draws) : doubleDqn(replay, draws),
            running -> turnIsOver.getAsBoolean());
    if (replay != null) {
      history.latest().forEach(past -> remember(past, replay));
    }
    history.forgetLatest();
  }

  private Builder<IAgentLearner<Integer>> doubleDqn(GuardedReplay memory, Random draws) {
    DoubleDQNBuilder.Configuration configuration =
        DoubleDQNBuilder.Configuration.builder()
            .agentLearnerConfiguration(AgentLearner.Configuration.builder().build())
            .policyConfiguration(
                EpsGreedy.Configuration.builder()
                    // The moves of a run that goes on have brought it down already.
                    .annealingStart((int) -Math.min(examples, Integer.MAX_VALUE / 2))
                    .epsilonNbStep(config.explorationMoves())
                    .minEpsilon(config.explorationShare())
                    .build())
            .neuralNetUpdaterConfiguration(
                NeuralNetUpdaterConfiguration.builder()
                    .targetUpdateFrequency(config.targetSteps())
                    .build())
            .updateAlgorithmConfiguration(
                BaseTransitionTDAlgorithm.Configuration.builder().gamma(config.discount()).build())
            .build();
    return new DoubleDQNBuilder(configuration, network, this::environment, this::transform, draws) {
      @Override
      protected ExperienceHandler<Integer, StateActionRewardState<Integer>>
          buildExperienceHandler() {
        return new ReplayMemoryExperienceHandler<>(memory);
      }
    };
  }

  private Builder<IAgentLearner<Integer>> advantageActorCritic(Random draws) {
    AdvantageActorCriticBuilder.Configuration configuration =
        AdvantageActorCriticBuilder.Configuration.builder()
            .agentLearnerConfiguration(AgentLearner.Configuration.builder().build())
            .neuralNetUpdaterConfiguration(NeuralNetUpdaterConfiguration.builder().build())
            .experienceHandlerConfiguration(
                StateActionExperienceHandler.Configuration.builder()
                    // Whole games: RL4J would go on from the value of the position before the
                    // last move of a part, where that after it is due.
                    .batchSize(game.maxPlies() + 1)
                    .build())
            .advantageActorCriticConfiguration(
                AdvantageActorCritic.Configuration.builder().gamma(config.discount()).build())
            .build();
    return new AdvantageActorCriticBuilder(
        configuration, network, this::environment, this::transform, draws);
  }

  private Environment<Integer> environment() {
    BoardGameEnvironment.Opponent opponent =
        new BoardGameEnvironment.Opponent() {
          @Override
          public void newGame() {
            pastSelves.change(random);
          }

          @Override
          public int choose(Position position) {
            return pastSelves.choose(position, random);
          }
        };
    return new BoardGameEnvironment(game, config.openingPlies(), opponent, random, this::finish);
  }

  private TransformProcess transform() {
    return TransformProcess.builder().build(Boards.CHANNEL);
  }

  private void finish(Trajectory trajectory) {
    games++;
    examples += trajectory.examples();
    moves += trajectory.moves();
    finished.accept(trajectory);
  }

  /** What a game taught, for the memory of a run that goes on. */
  private static void remember(Trajectory trajectory, GuardedReplay memory) {
    for (int example = 0; example < trajectory.examples(); example++) {
      Position position = trajectory.position(example);
      Side side = position.sideToMove();
      int action = trajectory.actions()[trajectory.exampleMoves()[example]];
      boolean last = example + 1 == trajectory.examples();
      StateActionRewardState<Integer> transition =
          new StateActionRewardState<>(
              new Observation(Boards.encode(position)),
              action,
              last ? trajectory.outcome().valueFor(side) : 0,
              last);
      // After the last decision nothing is looked at.
      transition.setNextObservation(
          new Observation(Boards.encode(last ? position : trajectory.position(example + 1))));
      memory.store(transition);
    }
  }

  /**
   * Plays and learns until the turn is over, and at least one game.
   *
   * @throws IllegalStateException if RL4J learnt nothing from what it played
   * @throws ArithmeticException if a loss is no longer a number
   */
  public void learn(double learningRate, BooleanSupplier turnIsOver) {
    network.learningRate(learningRate);
    boolean isReady = replay == null || replay.isReady();
    long gamesBefore = games;
    int stepsBefore = steps();
    this.turnIsOver = () -> games > gamesBefore && turnIsOver.getAsBoolean();
    trainer.train();
    if (isReady && steps() == stepsBefore) {
      throw new IllegalStateException(
          "RL4J played %d games and took no step.".formatted(games - gamesBefore));
    }
    int rows = replay == null ? 1 : config.batch();
    used += (long) (steps() - stepsBefore) * rows;
    if (steps() / config.poolSteps() > stepsBefore / config.poolSteps()) {
      pastSelves.join(network.network.weights(), random);
    }
  }

  /** How many steps were taken. */
  public int steps() {
    return network.network.steps();
  }

  public long games() {
    return games;
  }

  /** Moves of both sides since this start. */
  public long moves() {
    return moves;
  }

  /** The learner's decisions. */
  public long examples() {
    return examples;
  }

  /** How many transitions there are to sample from: none where games are learnt from at once. */
  public int window() {
    return replay == null ? 0 : replay.size();
  }

  /** How many examples were used, repeats counted. */
  public long used() {
    return used;
  }

  /** The losses since the last call, on average for a step; zero if there was none. */
  public Losses takeLosses() {
    return network.takeLosses();
  }

  /** Of the last step's gradient, and of the weights after it, in all. */
  public Norms norms() {
    return network.network.norms();
  }

  /** As {@link #norms()}, by layer, from the input on. */
  public Map<String, Norms> normsByLayer() {
    return network.network.normsByLayer();
  }

  /** The average of the weights: what plays. */
  public float[] weights() {
    return network.network.averagedWeights();
  }

  /** The opponents, the oldest first. */
  public List<float[]> pastSelves() {
    return pastSelves.selves();
  }

  /**
   * All that it must remember to go on, beside its opponents and games.
   *
   * @param seconds how long the run has run
   */
  public LearnerState state(double seconds) {
    return new LearnerState(network.network.state(), used, random.state(), seconds);
  }
}

package tabula.agents.train;

import tabula.agents.network.OptimizerSpec;

/**
 * How a network learns from the rewards of its games.
 *
 * @param algorithm which update
 * @param optimizer how the weights descend the gradient
 * @param averaging how much of the weights' average stays at each step
 * @param batch Double DQN: transitions a step; actor-critic takes a game a step
 * @param firstExamples Double DQN: how many transitions must be there before the first step
 * @param bufferCapacity Double DQN: the most transitions kept
 * @param discount what a reward one move later is worth, in [0, 1]
 * @param explorationMoves Double DQN: over so many of the learner's moves the share of random ones
 *     falls from 1
 * @param explorationShare Double DQN: to this
 * @param targetSteps Double DQN: after so many steps the target network is what the network is then
 * @param entropyWeight actor-critic: what a nat of the policy's entropy is worth
 * @param openingPlies games start with 0 to this many random moves
 * @param poolSize how many past selves are kept as opponents
 * @param poolSteps after so many steps another past self joins them
 */
public record ReinforcementConfig(
    Algorithm algorithm,
    OptimizerSpec optimizer,
    double averaging,
    int batch,
    int firstExamples,
    int bufferCapacity,
    double discount,
    int explorationMoves,
    double explorationShare,
    int targetSteps,
    double entropyWeight,
    int openingPlies,
    int poolSize,
    int poolSteps) {

  /** What updates the weights from rewards. */
  public enum Algorithm {
    /** Double deep Q-learning (van Hasselt, Guez and Silver 2016). */
    DQN,
    /** Advantage actor-critic (Mnih et al. 2016), one environment. */
    A2C
  }
}

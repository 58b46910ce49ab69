/**
 * Reinforcement learning by RL4J: Double DQN and advantage actor-critic, on the games as an
 * environment and against their own past selves. Only here is RL4J known.
 */
@NullMarked
package tabula.agents.rl4j;

import org.jspecify.annotations.NullMarked;

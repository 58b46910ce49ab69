package tabula.agents;

import tabula.agents.engine.EngineCommand;

/**
 * The name of an agent, as commands, addresses and the database write it: {@code random}, {@code
 * mcts:1000}, {@code alphabeta:8}, {@code perfect}, {@code net:latest?visits=200&search=puct},
 * {@code gtp:gnugo --mode gtp}, {@code uci:stockfish?nodes=1000}.
 *
 * <p>Making an agent of the last two starts a program: what came over a network is only ever
 * compared with the agents on offer.
 */
public sealed interface AgentSpec {

  /** Plays any legal move with the same probability. */
  record RandomMoves() implements AgentSpec {
    @Override
    public String toString() {
      return "random";
    }
  }

  /** Plain tree search (UCT) with random rollouts. */
  record Rollouts(int simulations) implements AgentSpec {
    @Override
    public String toString() {
      return "mcts:" + simulations;
    }
  }

  /**
   * Alpha-beta to a fixed depth in plies; sees wins and losses, and nothing else, at its horizon.
   */
  record AlphaBeta(int depth) implements AgentSpec {
    @Override
    public String toString() {
      return "alphabeta:" + depth;
    }
  }

  /** Plays perfectly by a solver; chooses at random among moves of the same value. */
  record Perfect() implements AgentSpec {
    @Override
    public String toString() {
      return "perfect";
    }
  }

  /**
   * A checkpoint's network with a search in front of it.
   *
   * @param checkpoint a file's path, or a name that the {@link CheckpointSource} knows, such as
   *     {@code latest}
   * @param visits simulations a move; 0 plays the network's policy alone
   */
  record Net(String checkpoint, int visits, SearchKind search) implements AgentSpec {
    @Override
    public String toString() {
      return "net:%s?visits=%d%s"
          .formatted(checkpoint, visits, search == SearchKind.PUCT ? "&search=puct" : "");
    }
  }

  /** An engine that speaks the Go Text Protocol, in a process of its own. */
  record Gtp(EngineCommand command) implements AgentSpec {
    @Override
    public String toString() {
      return "gtp:" + command;
    }
  }

  /** An engine that speaks the Universal Chess Interface, in a process of its own. */
  record Uci(EngineCommand command) implements AgentSpec {
    @Override
    public String toString() {
      return "uci:" + command;
    }
  }

  /** How a network's judgement is deepened. */
  enum SearchKind {
    GUMBEL,
    PUCT
  }

  /** The forms that {@link #parse} reads, for messages. */
  String FORMS =
      "random, mcts:SIMULATIONS, alphabeta:DEPTH, perfect,"
          + " net:CHECKPOINT[?visits=N][&search=gumbel|puct],"
          + " gtp:COMMAND[?seconds=N], uci:COMMAND[?movetime=MS][&nodes=N][&depth=N][&skill=N]";

  int MAX_SIMULATIONS = 10_000_000;
  int MAX_DEPTH = 64;

  /**
   * Reads a spec.
   *
   * @throws IllegalArgumentException if it is none; the message says what was wrong and what would
   *     be right
   */
  static AgentSpec parse(String text) {
    return AgentSpecParser.parse(text);
  }
}

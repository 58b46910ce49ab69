package tabula.agents.search;

import java.util.Arrays;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.games.Game;
import tabula.games.Outcome;
import tabula.games.Position;

/**
 * A tree of positions in flat arrays. A node is an index; so is an edge, and a node's edges stand
 * together, in the order of their actions. Values of an edge are for the side that plays it, values
 * of a node for its side to move.
 *
 * <p>Wins, draws and losses that follow from the rules are proven, and backed up as such
 * (MCTS-Solver, Winands et al. 2008). A new node looks some moves ahead (a small minimax search, as
 * in Baier and Winands 2015), which costs a fraction of an evaluation and often saves it.
 */
final class SearchTree {

  static final int ROOT = 0;
  static final int NONE = -1;

  /** Not proven: beside -1, 0 and 1. */
  static final byte UNKNOWN = 2;

  /** With more actions than these a look at the replies costs too much. */
  private static final int FEW_ACTIONS = 32;

  private final int actionCount;
  private final int[] legal;
  private final int[] replies;
  private final boolean looksFar;

  private Position[] positions = new Position[64];
  private int[] firstEdge = new int[65];
  private float[] nodeValue = new float[64];
  private byte[] nodeProof = new byte[64];

  /** The best that a node's side to move has for certain. */
  private byte[] nodeBound = new byte[64];

  private int nodes;

  private short[] action = new short[512];
  private float[] logPrior = new float[512];
  private int[] child = new int[512];
  private int[] visits = new int[512];
  private float[] valueSum = new float[512];
  private byte[] proof = new byte[512];
  private int edges;

  SearchTree(Game game) {
    this.actionCount = game.actionCount();
    this.legal = new int[actionCount];
    this.replies = new int[actionCount];
    this.looksFar = actionCount <= FEW_ACTIONS;
  }

  /** Forgets everything and puts a root. */
  void reset(Position root) {
    Arrays.fill(positions, 0, nodes, null);
    nodes = 0;
    edges = 0;
    add(root);
  }

  /**
   * Adds a node for a position that is not over. Its priors and value are missing until {@link
   * #accept}.
   */
  private int add(Position position) {
    int count = position.legalActions(legal);
    reserve(count);
    int node = nodes++;
    boolean winsAtOnce = position.canWinAtOnce();
    positions[node] = position;
    firstEdge[node] = edges;
    firstEdge[node + 1] = edges + count;
    for (int i = 0; i < count; i++) {
      int edge = edges + i;
      action[edge] = (short) legal[i];
      child[edge] = NONE;
      visits[edge] = 0;
      valueSum[edge] = 0;
      proof[edge] = lookAhead(position, legal[i], winsAtOnce);
    }
    edges += count;
    nodeBound[node] = -1;
    for (int edge = firstEdge[node]; edge < edges; edge++) {
      raiseBound(node, edge);
    }
    nodeProof[node] = proofFromEdges(node);
    nodeValue[node] = nodeProof[node] == UNKNOWN ? 0 : nodeProof[node];
    return node;
  }

  /**
   * What is certain of a move before any search: that it ends the game, that it lets the opponent
   * win at once, or that it leaves the opponent no move that does not let this side win at once.
   * Beside a move that wins at once nothing else matters.
   */
  private byte lookAhead(Position position, int move, boolean winsAtOnce) {
    Position after = position.play(move);
    Outcome outcome = after.outcome();
    if (outcome.isOver()) {
      return (byte) outcome.valueFor(position.sideToMove());
    }
    if (winsAtOnce || !looksFar) {
      return UNKNOWN;
    }
    return after.canWinAtOnce() ? -1 : losesWhateverItPlays(after) ? 1 : UNKNOWN;
  }

  private boolean losesWhateverItPlays(Position position) {
    int count = position.legalActions(replies);
    for (int i = 0; i < count; i++) {
      if (!position.play(replies[i]).canWinAtOnce()) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int newEdges) {
    if (nodes == positions.length) {
      int size = 2 * nodes;
      positions = Arrays.copyOf(positions, size);
      firstEdge = Arrays.copyOf(firstEdge, size + 1);
      nodeValue = Arrays.copyOf(nodeValue, size);
      nodeProof = Arrays.copyOf(nodeProof, size);
      nodeBound = Arrays.copyOf(nodeBound, size);
    }
    if (edges + newEdges > action.length) {
      int size = Math.max(2 * action.length, edges + newEdges);
      action = Arrays.copyOf(action, size);
      logPrior = Arrays.copyOf(logPrior, size);
      child = Arrays.copyOf(child, size);
      visits = Arrays.copyOf(visits, size);
      valueSum = Arrays.copyOf(valueSum, size);
      proof = Arrays.copyOf(proof, size);
    }
  }

  private void raiseBound(int node, int edge) {
    if (proof[edge] != UNKNOWN && proof[edge] > nodeBound[node]) {
      nodeBound[node] = proof[edge];
    }
  }

  /** A node is won if one of its moves wins; otherwise it is proven once all its moves are. */
  private byte proofFromEdges(int node) {
    byte best = -1;
    boolean all = true;
    for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (proof[edge] == UNKNOWN) {
        all = false;
      } else if (proof[edge] > best) {
        best = proof[edge];
      }
    }
    return best == 1 || all ? best : UNKNOWN;
  }

  /**
   * Takes what the evaluator says of a node: a normalised policy over its legal moves, and its
   * value.
   */
  void accept(int node, EvaluationBatch batch, int slot) {
    int row = slot * actionCount;
    float[] logits = batch.logits();
    float highest = Float.NEGATIVE_INFINITY;
    for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      highest = Math.max(highest, logits[row + action[edge]]);
    }
    float sum = 0;
    for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      logPrior[edge] = logits[row + action[edge]] - highest;
      sum += FastExp.exp(logPrior[edge]);
    }
    float logSum = (float) Math.log(sum);
    for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      logPrior[edge] -= logSum;
    }
    nodeValue[node] = batch.values()[slot];
  }

  /** Gives a proven node an even policy, for those who ask for one. */
  void acceptEven(int node) {
    Arrays.fill(logPrior, firstEdge[node], firstEdge[node + 1], (float) -Math.log(edgeCount(node)));
  }

  /** The root's prior and value as a decision: the most likely move, nothing proven. */
  Decision evaluatorsDecision() {
    float[] policy = new float[actionCount];
    int best = firstEdge[ROOT];
    for (int edge = firstEdge[ROOT]; edge < firstEdge[ROOT + 1]; edge++) {
      policy[action[edge]] = (float) Math.exp(logPrior[edge]);
      best = logPrior[edge] > logPrior[best] ? edge : best;
    }
    return new Decision(action[best], nodeValue[ROOT], policy, new int[actionCount], false);
  }

  /** The node behind an edge, made if need be. Call only for an edge that is not proven. */
  int descend(int node, int edge) {
    if (child[edge] == NONE) {
      // Adding may move the arrays, so the new node comes first.
      int added = add(positions[node].play(action[edge]));
      child[edge] = added;
    }
    return child[edge];
  }

  /**
   * Adds a visit to each edge of a path and backs up the leaf's value, or a proof as far as it
   * reaches.
   *
   * @param path the edges from the root down
   * @param value the leaf's value for the side to move there, or for the opponent of who played a
   *     proven last edge
   */
  void backUp(int[] pathNodes, int[] path, int length, float value) {
    float backed = value;
    for (int i = length - 1; i >= 0; i--) {
      int edge = path[i];
      int parent = pathNodes[i];
      int below = child[edge];
      if (below != NONE && nodeProof[below] != UNKNOWN) {
        proof[edge] = (byte) -nodeProof[below];
      }
      backed = proof[edge] == UNKNOWN ? -backed : proof[edge];
      visits[edge]++;
      valueSum[edge] += backed;
      if (nodeProof[parent] == UNKNOWN && proof[edge] != UNKNOWN) {
        raiseBound(parent, edge);
        nodeProof[parent] = proofFromEdges(parent);
      }
      // What is certain at the parent counts, whatever this simulation came upon.
      backed =
          nodeProof[parent] == UNKNOWN ? Math.max(backed, nodeBound[parent]) : nodeProof[parent];
    }
  }

  Position position(int node) {
    return positions[node];
  }

  int firstEdge(int node) {
    return firstEdge[node];
  }

  int endEdge(int node) {
    return firstEdge[node + 1];
  }

  int edgeCount(int node) {
    return firstEdge[node + 1] - firstEdge[node];
  }

  /** What the evaluator said of the node, or its proof. */
  float value(int node) {
    return nodeValue[node];
  }

  byte nodeProof(int node) {
    return nodeProof[node];
  }

  boolean isProven(int node) {
    return nodeProof[node] != UNKNOWN;
  }

  /** Whether a search of the root can say nothing new: it is won or drawn for certain. */
  boolean rootIsSettled() {
    return nodeProof[ROOT] == 0 || nodeProof[ROOT] == 1;
  }

  int action(int edge) {
    return action[edge];
  }

  /** The logarithm of the prior probability. */
  float logPrior(int edge) {
    return logPrior[edge];
  }

  void setLogPrior(int edge, float value) {
    logPrior[edge] = value;
  }

  int visits(int edge) {
    return visits[edge];
  }

  byte proof(int edge) {
    return proof[edge];
  }

  boolean hasChild(int edge) {
    return child[edge] != NONE;
  }

  boolean isKnown(int edge) {
    return visits[edge] > 0 || proof[edge] != UNKNOWN;
  }

  /** The edge's mean value, exact where proven. Call only for a known edge. */
  float q(int edge) {
    return proof[edge] == UNKNOWN ? valueSum[edge] / visits[edge] : proof[edge];
  }

  /** The sum of the visits of a node's edges. */
  int totalVisits(int node) {
    int total = 0;
    for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      total += visits[edge];
    }
    return total;
  }
}

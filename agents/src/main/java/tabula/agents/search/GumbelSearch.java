package tabula.agents.search;

import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Gumbel AlphaZero (Danihelka et al., ICLR 2022): the root samples moves without replacement and
 * halves them until the simulations are spent; below it, each node visits what its improved policy
 * misses most. The policy that it returns improves on the evaluator's even after a few simulations.
 *
 * <p>The moves under consideration are visited in turn, one visit each a round. Their subtrees are
 * apart, so a round's leaves are gathered together: the same search as one by one, in fewer
 * batches.
 */
public final class GumbelSearch implements Search {

  private final GumbelConfig config;
  private final Game game;
  private final SearchTree tree;

  private final float[] gumbel;
  private final int[] considered;
  private int consideredCount;
  private int phases;
  private int roundsLeft;
  private int simulations;
  private int simulationsToHalve;
  private int simulationsLeft;
  private boolean rootPending;
  private boolean done;

  // The leaves of a round that wait for their evaluation.
  private final int[] pendingNode;
  private final int[] pendingSlot;
  private final int[] pendingLength;
  private final int[][] pendingNodes;
  private final int[][] pendingEdges;
  private int pendingCount;

  private final int[] pathNodes;
  private final int[] pathEdges;
  private final float[] improved;

  public GumbelSearch(Game game, GumbelConfig config) {
    this.game = game;
    this.config = config;
    this.tree = new SearchTree(game);
    int most = Math.min(config.consideredActions(), game.actionCount());
    gumbel = new float[game.actionCount()];
    considered = new int[game.actionCount()];
    improved = new float[game.actionCount()];
    pendingNode = new int[most];
    pendingSlot = new int[most];
    pendingLength = new int[most];
    pendingNodes = new int[most][game.maxPlies() + 1];
    pendingEdges = new int[most][game.maxPlies() + 1];
    pathNodes = new int[game.maxPlies() + 1];
    pathEdges = new int[game.maxPlies() + 1];
  }

  @Override
  public int maxGathered() {
    return pendingNode.length;
  }

  @Override
  public void start(Position root, int newSimulations, RandomGenerator random) {
    tree.reset(root);
    simulations = newSimulations;
    simulationsLeft = newSimulations;
    for (int i = 0; i < tree.edgeCount(SearchTree.ROOT); i++) {
      double uniform = Math.max(random.nextDouble(), 1e-12);
      gumbel[i] = (float) (-Math.log(-Math.log(uniform)) * config.gumbelScale());
    }
    // Without simulations the evaluator decides alone; in a lost position it chooses, too.
    done = tree.rootIsSettled() && newSimulations > 0;
    rootPending = !done;
    pendingCount = 0;
    consideredCount = 0;
    if (done) {
      tree.acceptEven(SearchTree.ROOT);
    }
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void gather(EvaluationBatch batch) {
    pendingCount = 0;
    if (rootPending) {
      pendingNode[0] = SearchTree.ROOT;
      pendingLength[0] = 0;
      pendingSlot[0] = batch.add(tree.position(SearchTree.ROOT));
      pendingCount = 1;
      return;
    }
    while (!done && pendingCount == 0) {
      playRound(batch);
    }
  }

  @Override
  public void accept(EvaluationBatch batch) {
    for (int i = 0; i < pendingCount; i++) {
      tree.accept(pendingNode[i], batch, pendingSlot[i]);
      if (pendingLength[i] > 0) {
        tree.backUp(pendingNodes[i], pendingEdges[i], pendingLength[i], tree.value(pendingNode[i]));
      }
    }
    pendingCount = 0;
    if (rootPending) {
      rootPending = false;
      consider();
    } else {
      endRound();
    }
  }

  /** Chooses the moves to consider: of those not proven the highest by Gumbel noise plus prior. */
  private void consider() {
    done = simulationsLeft == 0 || tree.isProven(SearchTree.ROOT);
    if (done) {
      return;
    }
    consideredCount = 0;
    for (int edge = tree.firstEdge(SearchTree.ROOT); edge < tree.endEdge(SearchTree.ROOT); edge++) {
      if (tree.proof(edge) == SearchTree.UNKNOWN) {
        considered[consideredCount++] = edge;
      }
    }
    sortConsidered();
    consideredCount =
        Math.min(consideredCount, Math.min(pendingNode.length, Math.max(1, simulationsLeft)));
    simulationsToHalve = simulationsLeft;
    phases = Math.max(1, 32 - Integer.numberOfLeadingZeros(consideredCount - 1));
    roundsLeft = roundsOfPhase();
  }

  private int roundsOfPhase() {
    return Math.max(1, simulationsToHalve / (phases * consideredCount));
  }

  /**
   * One visit to each move under consideration. Leaves that need an evaluation wait in the batch.
   */
  private void playRound(EvaluationBatch batch) {
    int visited = 0;
    for (int i = 0; i < consideredCount && simulationsLeft > 0; i++) {
      if (tree.proof(considered[i]) == SearchTree.UNKNOWN) {
        simulationsLeft--;
        visited++;
        simulate(considered[i], batch);
        if (tree.isProven(SearchTree.ROOT)) {
          done = true;
        }
      }
    }
    if (visited == 0) {
      // All that was still under consideration is proven: the others get what is left.
      consider();
    } else if (pendingCount == 0) {
      endRound();
    }
  }

  private void endRound() {
    if (tree.isProven(SearchTree.ROOT) || simulationsLeft == 0) {
      done = true;
      return;
    }
    roundsLeft--;
    if (roundsLeft == 0) {
      sortConsidered();
      consideredCount = Math.min(consideredCount, Math.max(2, consideredCount / 2));
      roundsLeft = roundsOfPhase();
    }
  }

  private void simulate(int rootEdge, EvaluationBatch batch) {
    int length = 0;
    int node = SearchTree.ROOT;
    int edge = rootEdge;
    while (true) {
      pathNodes[length] = node;
      pathEdges[length] = edge;
      length++;
      if (tree.proof(edge) != SearchTree.UNKNOWN) {
        tree.backUp(pathNodes, pathEdges, length, -tree.proof(edge));
        return;
      }
      boolean isNew = !tree.hasChild(edge);
      node = tree.descend(node, edge);
      if (tree.isProven(node)) {
        tree.backUp(pathNodes, pathEdges, length, tree.nodeProof(node));
        return;
      }
      if (isNew) {
        pendingNode[pendingCount] = node;
        pendingLength[pendingCount] = length;
        System.arraycopy(pathNodes, 0, pendingNodes[pendingCount], 0, length);
        System.arraycopy(pathEdges, 0, pendingEdges[pendingCount], 0, length);
        pendingSlot[pendingCount] = batch.add(tree.position(node));
        pendingCount++;
        return;
      }
      edge = select(node);
    }
  }

  /**
   * Of the moves not proven, which would tell nothing new, the one whose share of the visits lags
   * most behind its improved probability.
   */
  private int select(int node) {
    improvePolicy(node);
    int first = tree.firstEdge(node);
    float share = 1f / (1 + tree.totalVisits(node));
    int best = first;
    float bestLag = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < tree.edgeCount(node); i++) {
      float lag = improved[i] - tree.visits(first + i) * share;
      if (lag > bestLag && tree.proof(first + i) == SearchTree.UNKNOWN) {
        bestLag = lag;
        best = first + i;
      }
    }
    return best;
  }

  /**
   * Writes softmax(log prior + σ(completed Q)) of a node's moves to {@link #improved}; lost moves
   * get nothing.
   */
  private void improvePolicy(int node) {
    int first = tree.firstEdge(node);
    int count = tree.edgeCount(node);
    float mixed = mixedValue(node);
    float scale = valueScale(node);
    boolean allLost = tree.nodeProof(node) == -1;
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int edge = first + i;
      if (tree.proof(edge) == -1 && !allLost) {
        improved[i] = Float.NEGATIVE_INFINITY;
      } else {
        float q = tree.isKnown(edge) ? tree.q(edge) : mixed;
        improved[i] = tree.logPrior(edge) + scale * (q + 1) / 2;
        highest = Math.max(highest, improved[i]);
      }
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      improved[i] = FastExp.exp(improved[i] - highest);
      sum += improved[i];
    }
    for (int i = 0; i < count; i++) {
      improved[i] /= sum;
    }
  }

  /** What stands in for the value of a move that was not visited: the paper's v_mix. */
  private float mixedValue(int node) {
    float visitedPrior = 0;
    float weightedQ = 0;
    int total = 0;
    for (int edge = tree.firstEdge(node); edge < tree.endEdge(node); edge++) {
      if (tree.visits(edge) > 0) {
        float prior = FastExp.exp(tree.logPrior(edge));
        visitedPrior += prior;
        weightedQ += prior * tree.q(edge);
        total += tree.visits(edge);
      }
    }
    return total == 0 || visitedPrior <= 0
        ? tree.value(node)
        : (tree.value(node) + total * weightedQ / visitedPrior) / (1 + total);
  }

  private float valueScale(int node) {
    int most = 0;
    for (int edge = tree.firstEdge(node); edge < tree.endEdge(node); edge++) {
      most = Math.max(most, tree.visits(edge));
    }
    return (float) ((config.visitOffset() + most) * config.valueScale());
  }

  /** Sorts the considered moves by Gumbel noise plus log prior plus σ(Q), the best first. */
  private void sortConsidered() {
    float mixed = mixedValue(SearchTree.ROOT);
    float scale = valueScale(SearchTree.ROOT);
    for (int i = 1; i < consideredCount; i++) {
      int edge = considered[i];
      float score = score(edge, mixed, scale);
      int at = i;
      while (at > 0 && score(considered[at - 1], mixed, scale) < score) {
        considered[at] = considered[at - 1];
        at--;
      }
      considered[at] = edge;
    }
  }

  private float score(int edge, float mixed, float scale) {
    if (tree.proof(edge) == -1) {
      return Float.NEGATIVE_INFINITY;
    }
    float q = tree.isKnown(edge) ? tree.q(edge) : mixed;
    return gumbel[edge - tree.firstEdge(SearchTree.ROOT)]
        + tree.logPrior(edge)
        + scale * (q + 1) / 2;
  }

  @Override
  public Decision decision() {
    if (simulations == 0) {
      return tree.evaluatorsDecision();
    }
    int root = SearchTree.ROOT;
    int first = tree.firstEdge(root);
    int count = tree.edgeCount(root);
    byte proof = tree.nodeProof(root);
    improvePolicy(root);
    if (proof == 1 || proof == 0) {
      keepProven(proof);
    }
    float[] policy = new float[game.actionCount()];
    int[] visits = new int[game.actionCount()];
    float value = 0;
    float mixed = mixedValue(root);
    for (int i = 0; i < count; i++) {
      int edge = first + i;
      policy[tree.action(edge)] = improved[i];
      visits[tree.action(edge)] = tree.visits(edge);
      value += improved[i] * (tree.isKnown(edge) ? tree.q(edge) : mixed);
    }
    boolean proven = proof != SearchTree.UNKNOWN;
    return new Decision(tree.action(bestEdge()), proven ? proof : value, policy, visits, proven);
  }

  /** Spreads the policy over the moves that are proven to keep the root's value. */
  private void keepProven(byte proof) {
    int first = tree.firstEdge(SearchTree.ROOT);
    float sum = 0;
    for (int i = 0; i < tree.edgeCount(SearchTree.ROOT); i++) {
      improved[i] = tree.proof(first + i) == proof ? 1 : 0;
      sum += improved[i];
    }
    for (int i = 0; i < tree.edgeCount(SearchTree.ROOT); i++) {
      improved[i] /= sum;
    }
  }

  /**
   * Of the most visited moves under consideration the best; a proven move that keeps a proven
   * root's value.
   */
  private int bestEdge() {
    int first = tree.firstEdge(SearchTree.ROOT);
    byte rootProof = tree.nodeProof(SearchTree.ROOT);
    float mixed = mixedValue(SearchTree.ROOT);
    float scale = valueScale(SearchTree.ROOT);
    int best = SearchTree.NONE;
    int mostVisits = 0;
    for (int edge = first; edge < tree.endEdge(SearchTree.ROOT); edge++) {
      if (tree.proof(edge) == SearchTree.UNKNOWN) {
        mostVisits = Math.max(mostVisits, tree.visits(edge));
      }
    }
    for (int edge = first; edge < tree.endEdge(SearchTree.ROOT); edge++) {
      boolean eligible =
          switch (rootProof) {
            case -1 -> true;
            case SearchTree.UNKNOWN ->
                tree.proof(edge) != -1
                    && (tree.visits(edge) == mostVisits || tree.proof(edge) == 0);
            default -> tree.proof(edge) == rootProof;
          };
      if (eligible
          && (best == SearchTree.NONE
              || preference(edge, mixed, scale) > preference(best, mixed, scale))) {
        best = edge;
      }
    }
    return best;
  }

  /** In a lost position the move that was hardest to refute; otherwise the score. */
  private float preference(int edge, float mixed, float scale) {
    return tree.nodeProof(SearchTree.ROOT) == -1
        ? tree.visits(edge) + tree.logPrior(edge)
        : score(edge, mixed, scale);
  }
}

package tabula.agents.search;

import java.util.random.RandomGenerator;
import tabula.agents.Decision;
import tabula.agents.evaluate.EvaluationBatch;
import tabula.games.Game;
import tabula.games.Position;

/**
 * AlphaZero's search: each node visits the move of the highest value plus an urgency that grows
 * with its prior and shrinks with its visits. Its policy is the share of visits, its move the most
 * visited. One leaf at a time.
 */
public final class PuctSearch implements Search {

  private final PuctConfig config;
  private final Game game;
  private final SearchTree tree;
  private final int[] pathNodes;
  private final int[] pathEdges;
  private int pathLength;
  private int leaf;
  private int slot;
  private int simulations;
  private int simulationsLeft;
  private RandomGenerator random = RandomGenerator.getDefault();
  private boolean done;

  public PuctSearch(Game game, PuctConfig config) {
    this.game = game;
    this.config = config;
    this.tree = new SearchTree(game);
    pathNodes = new int[game.maxPlies() + 1];
    pathEdges = new int[game.maxPlies() + 1];
  }

  @Override
  public int maxGathered() {
    return 1;
  }

  @Override
  public void start(Position root, int newSimulations, RandomGenerator newRandom) {
    tree.reset(root);
    simulations = newSimulations;
    simulationsLeft = newSimulations;
    random = newRandom;
    leaf = SearchTree.ROOT;
    pathLength = 0;
    // Without simulations the evaluator decides alone; in a lost position it chooses, too.
    done = tree.rootIsSettled() && newSimulations > 0;
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
    slot = batch.add(tree.position(leaf));
  }

  @Override
  public void accept(EvaluationBatch batch) {
    tree.accept(leaf, batch, slot);
    if (leaf == SearchTree.ROOT) {
      addNoise();
    } else {
      tree.backUp(pathNodes, pathEdges, pathLength, tree.value(leaf));
    }
    findLeaf();
  }

  /** Descends until a leaf needs an evaluation, or the search is done. */
  private void findLeaf() {
    while (true) {
      if (simulationsLeft == 0 || tree.isProven(SearchTree.ROOT)) {
        done = true;
        return;
      }
      simulationsLeft--;
      if (descend()) {
        return;
      }
    }
  }

  /** One simulation: true if its leaf needs an evaluation, false if it was backed up at once. */
  private boolean descend() {
    pathLength = 0;
    int node = SearchTree.ROOT;
    while (true) {
      int edge = select(node);
      pathNodes[pathLength] = node;
      pathEdges[pathLength] = edge;
      pathLength++;
      if (tree.proof(edge) != SearchTree.UNKNOWN) {
        tree.backUp(pathNodes, pathEdges, pathLength, -tree.proof(edge));
        return false;
      }
      boolean isNew = !tree.hasChild(edge);
      node = tree.descend(node, edge);
      if (tree.isProven(node)) {
        tree.backUp(pathNodes, pathEdges, pathLength, tree.nodeProof(node));
        return false;
      }
      if (isNew) {
        leaf = node;
        return true;
      }
    }
  }

  private int select(int node) {
    int total = tree.totalVisits(node);
    float visitedPrior = 0;
    float valueSum = tree.value(node);
    for (int edge = tree.firstEdge(node); edge < tree.endEdge(node); edge++) {
      if (tree.visits(edge) > 0) {
        visitedPrior += FastExp.exp(tree.logPrior(edge));
        valueSum += tree.q(edge) * tree.visits(edge);
      }
    }
    float firstPlay =
        valueSum / (1 + total) - (float) (config.firstPlayReduction() * Math.sqrt(visitedPrior));
    float urgency = (float) (config.exploration() * Math.sqrt(Math.max(1, total)));
    int best = tree.firstEdge(node);
    float bestScore = Float.NEGATIVE_INFINITY;
    for (int edge = tree.firstEdge(node); edge < tree.endEdge(node); edge++) {
      // A proven move would tell nothing new.
      if (tree.proof(edge) == SearchTree.UNKNOWN) {
        float q = tree.isKnown(edge) ? tree.q(edge) : firstPlay;
        float score = q + urgency * FastExp.exp(tree.logPrior(edge)) / (1 + tree.visits(edge));
        if (score > bestScore) {
          bestScore = score;
          best = edge;
        }
      }
    }
    return best;
  }

  private void addNoise() {
    if (config.noiseShare() == 0) {
      return;
    }
    int first = tree.firstEdge(SearchTree.ROOT);
    int count = tree.edgeCount(SearchTree.ROOT);
    double[] noise = Dirichlet.sample(count, config.noiseConcentration() / count, random);
    for (int i = 0; i < count; i++) {
      double prior = Math.exp(tree.logPrior(first + i));
      tree.setLogPrior(
          first + i,
          (float) Math.log((1 - config.noiseShare()) * prior + config.noiseShare() * noise[i]));
    }
  }

  @Override
  public Decision decision() {
    if (simulations == 0) {
      return tree.evaluatorsDecision();
    }
    int root = SearchTree.ROOT;
    float[] policy = new float[game.actionCount()];
    int[] visits = new int[game.actionCount()];
    byte rootProof = tree.nodeProof(root);
    float sum = 0;
    int best = SearchTree.NONE;
    float bestWeight = Float.NEGATIVE_INFINITY;
    float value = tree.value(root);
    for (int edge = tree.firstEdge(root); edge < tree.endEdge(root); edge++) {
      visits[tree.action(edge)] = tree.visits(edge);
      // The prior decides where nothing was visited, and between equals.
      float weight =
          switch (rootProof) {
            case SearchTree.UNKNOWN, -1 ->
                rootProof != -1 && tree.proof(edge) == -1
                    ? 0
                    : tree.visits(edge) + FastExp.exp(tree.logPrior(edge));
            default -> tree.proof(edge) == rootProof ? 1 : 0;
          };
      policy[tree.action(edge)] = weight;
      sum += weight;
      value += tree.visits(edge) > 0 ? tree.q(edge) * tree.visits(edge) : 0;
      if (weight > bestWeight) {
        bestWeight = weight;
        best = edge;
      }
    }
    for (int action = 0; action < policy.length; action++) {
      policy[action] /= sum;
    }
    boolean proven = rootProof != SearchTree.UNKNOWN;
    if (!proven) {
      best = betterProven(best);
    }
    return new Decision(
        tree.action(best),
        proven ? rootProof : value / (1 + tree.totalVisits(root)),
        policy,
        visits,
        proven);
  }

  /** A move that draws for certain, where the most visited one promises less. */
  private int betterProven(int mostVisited) {
    for (int edge = tree.firstEdge(SearchTree.ROOT); edge < tree.endEdge(SearchTree.ROOT); edge++) {
      if (tree.proof(edge) == 0 && (!tree.isKnown(mostVisited) || tree.q(mostVisited) < 0)) {
        return edge;
      }
    }
    return mostVisited;
  }
}

package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import tabula.agents.measure.LabelledPosition;
import tabula.agents.measure.LabelledPositions;
import tabula.agents.network.LayerShape;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * Which concepts can be read off a layer by a straight line: for each, a linear probe learns it
 * from what the layer gives, and is asked about other positions. What it says is how often it ranks
 * a position that has the concept above one that has not; 0.5 is chance. The control learns labels
 * that were shuffled: what a probe knows beyond it was in the layer.
 *
 * @param train how many positions the probes learn from
 * @param test how many others they are asked about
 */
public record Probes(int train, int test, List<Probe> probes) {

  /** The layer that is there before any network: the planes. */
  public static final String INPUT = "input";

  private static final int POSITIONS = 600;
  private static final int SHUFFLES = 5;

  /** A concept that fewer, or more than all but so many, positions have says nothing. */
  private static final double LEAST_SHARE = 0.05;

  /**
   * What is known of a concept.
   *
   * @param share of the positions that have it
   */
  public record Probe(Concept concept, double share, List<AtLayer> layers) {}

  /**
   * How well it is read off a layer.
   *
   * @param ranking of the probe
   * @param control the mean of five probes that learnt shuffled labels
   */
  public record AtLayer(String layer, double ranking, double control) {}

  /** Positions and their values where known. */
  private record Sample(List<Position> positions, Map<Position, Integer> values) {}

  public static Probes of(OpenNetwork network, long seed) {
    Game game = network.game();
    Sample sample = sample(game, seed);
    List<Position> positions = sample.positions();
    int train = positions.size() * 2 / 3;
    ToIntFunction<Position> values = position -> sample.values().getOrDefault(position, 0);
    List<Concept> concepts = new ArrayList<>();
    List<List<Boolean>> labels = new ArrayList<>();
    for (Concept concept : Concept.of(game)) {
      List<Boolean> label = label(concept, positions, values);
      double share = share(label);
      if (share >= LEAST_SHARE && share <= 1 - LEAST_SHARE) {
        concepts.add(concept);
        labels.add(label);
      }
    }
    float[] planes = network.planes(positions);
    List<List<AtLayer>> found = new ArrayList<>();
    concepts.forEach(concept -> found.add(new ArrayList<>()));
    probe(INPUT, planes, positions.size(), train, labels, found, seed);
    for (LayerShape layer : network.layers()) {
      // Inside a block there is half of what the block gives.
      if (!layer.name().endsWith(".first")) {
        float[] activations = network.activations(planes, layer.name());
        probe(layer.name(), activations, positions.size(), train, labels, found, seed);
      }
    }
    return new Probes(
        train,
        positions.size() - train,
        IntStream.range(0, concepts.size())
            .mapToObj(i -> new Probe(concepts.get(i), share(labels.get(i)), found.get(i)))
            .toList());
  }

  private static Sample sample(Game game, long seed) {
    List<LabelledPosition> labelled =
        new ArrayList<>(LabelledPositions.shipped(game).orElse(List.of()));
    Map<Position, Integer> values = new HashMap<>();
    if (!labelled.isEmpty()) {
      shuffle(labelled, new SplittableRandom(seed));
      labelled.subList(Math.min(POSITIONS, labelled.size()), labelled.size()).clear();
      labelled.forEach(each -> values.put(each.position(), each.value()));
      return new Sample(labelled.stream().map(LabelledPosition::position).toList(), values);
    }
    List<Position> positions =
        PositionSample.make(game, null, POSITIONS, seed).stream()
            .map(GameRecord::position)
            .toList();
    Solver.of(game)
        .ifPresent(solver -> positions.forEach(each -> values.put(each, solver.value(each))));
    return new Sample(positions, values);
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      T moved = list.get(i);
      list.set(i, list.get(other));
      list.set(other, moved);
    }
  }

  /** Whether each position has more of it than the middle one. */
  private static List<Boolean> label(
      Concept concept, List<Position> positions, ToIntFunction<Position> values) {
    double[] measures =
        positions.stream().mapToDouble(position -> concept.measure(position, values)).toArray();
    double[] sorted = measures.clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    // Where most have the highest measure, the others are told apart.
    boolean atLeast = middle == sorted[sorted.length - 1];
    return Arrays.stream(measures)
        .mapToObj(measure -> atLeast ? measure >= middle : measure > middle)
        .toList();
  }

  private static double share(List<Boolean> label) {
    return (double) label.stream().filter(each -> each).count() / label.size();
  }

  private static void probe(
      String layer,
      float[] activations,
      int positions,
      int train,
      List<List<Boolean>> labels,
      List<List<AtLayer>> found,
      long seed) {
    int size = activations.length / positions;
    float[][] features = new float[positions][];
    Arrays.setAll(features, i -> Arrays.copyOfRange(activations, i * size, (i + 1) * size));
    RidgeRegression regression = new RidgeRegression(features, train);
    SplittableRandom random = new SplittableRandom(seed);
    for (int concept = 0; concept < labels.size(); concept++) {
      List<Boolean> learnt = labels.get(concept).subList(0, train);
      List<Boolean> asked = labels.get(concept).subList(train, positions);
      double ranking = RidgeRegression.ranking(regression.predict(numbers(learnt)), asked);
      double control = 0;
      for (int i = 0; i < SHUFFLES; i++) {
        List<Boolean> shuffled = new ArrayList<>(learnt);
        shuffle(shuffled, random);
        control += RidgeRegression.ranking(regression.predict(numbers(shuffled)), asked) / SHUFFLES;
      }
      found.get(concept).add(new AtLayer(layer, ranking, control));
    }
  }

  private static double[] numbers(List<Boolean> label) {
    return label.stream().mapToDouble(each -> each ? 1 : -1).toArray();
  }
}

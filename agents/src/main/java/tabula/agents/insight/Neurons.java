package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tabula.agents.network.LayerShape;
import tabula.games.GameRecord;
import tabula.games.Position;

/** What a network's layers give, and what excites them. */
public final class Neurons {

  private Neurons() {}

  /**
   * A layer and what it gives for a position.
   *
   * @param channels [channels][squares of the board, row 0 at the bottom], or [channels][1] where
   *     it gives no pictures
   */
  public record Activity(LayerShape layer, float[][] channels) {}

  /** All layers of a network, with what they give for a position. */
  public static List<Activity> of(OpenNetwork network, Position position) {
    List<float[]> activations = network.activations(position);
    List<Activity> all = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      LayerShape layer = network.layers().get(i);
      all.add(new Activity(layer, byChannel(position, layer, activations.get(i))));
    }
    return all;
  }

  private static float[][] byChannel(Position position, LayerShape layer, float[] activations) {
    int squares = layer.height() * layer.width();
    float[][] channels = new float[layer.channels()][squares];
    for (int square = 0; square < squares; square++) {
      int cell = layer.isSpatial() ? position.planesCell(square) : square;
      for (int channel = 0; channel < layer.channels(); channel++) {
        channels[channel][square] = activations[cell * layer.channels() + channel];
      }
    }
    return channels;
  }

  /** A position, and the number that an objective gives for it. */
  public record Excited(GameRecord record, double score) {}

  /**
   * What a network computes over a sample of positions.
   *
   * @param positions how many there were
   * @param mean of the objective over them
   * @param active the share of positions where it is above 0
   * @param most the positions with the highest numbers, the highest first
   * @param least those with the lowest, the lowest first
   */
  public record Extremes(
      int positions, double mean, double active, List<Excited> most, List<Excited> least) {}

  public static Extremes extremes(
      OpenNetwork network, List<GameRecord> sample, Objective objective, int count) {
    double[] scores =
        network.scores(
            network.planes(sample.stream().map(GameRecord::position).toList()), objective);
    List<Excited> sorted =
        IntStream.range(0, scores.length)
            .mapToObj(i -> new Excited(sample.get(i), scores[i]))
            .sorted(Comparator.comparingDouble(Excited::score))
            .toList();
    int shown = Math.min(count, sorted.size());
    return new Extremes(
        scores.length,
        IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).average().orElse(0),
        (double) IntStream.range(0, scores.length).filter(i -> scores[i] > 0).count()
            / Math.max(1, scores.length),
        sorted.reversed().subList(0, shown),
        sorted.subList(0, shown));
  }
}

package tabula.agents.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tabula.agents.insight.LegalChanges.Change;
import tabula.agents.insight.RelaxedBoard.Pieces;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * What a number of a network is highest for: gradients are climbed on a relaxed board, from several
 * beginnings, and from the nearest position that play reaches one goes on by legal changes, as long
 * as they excite it more.
 */
public final class FeatureVisualization {

  private static final int STEPS = 120;
  private static final int MOST_CHANGES = 12;

  private FeatureVisualization() {}

  /**
   * What one beginning led to.
   *
   * @param own what there is of pieces of the side to move: [squares of the board], each in [0, 1]
   * @param opponent the same of the opponent's
   * @param relaxed the number on that board
   * @param nearest the most similar position that was found
   * @param nearestScore the number for it
   * @param legal where legal changes led from there
   * @param legalScore the number for it
   */
  public record Picture(
      float[] own,
      float[] opponent,
      double relaxed,
      GameRecord nearest,
      double nearestScore,
      GameRecord legal,
      double legalScore) {}

  public static List<Picture> of(
      OpenNetwork network, Objective objective, int pictures, long seed) {
    Game game = network.game();
    float[] planes = RelaxedBoard.noise(game, pictures, new SplittableRandom(seed));
    for (int step = 0; step < STEPS; step++) {
      RelaxedBoard.climb(game, planes, network.gradients(planes, objective).planes());
    }
    double[] scores = network.scores(planes, objective);
    List<Picture> found = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      float[] own =
          Arrays.copyOfRange(planes, i * game.shape().size(), (i + 1) * game.shape().size());
      found.add(picture(network, objective, own, scores[i]));
    }
    return found;
  }

  private static Picture picture(
      OpenNetwork network, Objective objective, float[] planes, double score) {
    GameRecord nearest = NearestPosition.to(network.game(), planes).record();
    double nearestScore = network.scores(network.planes(nearest.position()), objective)[0];
    GameRecord legal = nearest;
    double legalScore = nearestScore;
    for (int changes = 0; changes < MOST_CHANGES; changes++) {
      List<Change> around = LegalChanges.around(legal);
      List<Position> positions = around.stream().map(each -> each.record().position()).toList();
      double[] scores = network.scores(network.planes(positions), objective);
      int best = -1;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] > (best < 0 ? legalScore : scores[best])) {
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      legal = around.get(best).record();
      legalScore = scores[best];
    }
    Pieces pieces = Pieces.of(planes, nearest.position());
    return new Picture(
        pieces.own(), pieces.opponent(), score, nearest, nearestScore, legal, legalScore);
  }
}

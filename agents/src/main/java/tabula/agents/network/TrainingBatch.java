package tabula.agents.network;

import tabula.games.Game;

/**
 * Positions and what a network should say of them. Made once and filled again and again.
 *
 * @param size the number of positions, B
 * @param planes [B, H, W, C]
 * @param policy [B, actionCount]: the target probability of each legal action, negative for illegal
 *     ones
 * @param value [B]: the target in [-1, 1] for the side to move
 */
public record TrainingBatch(int size, float[] planes, float[] policy, float[] value) {

  public TrainingBatch(Game game, int size) {
    this(
        size,
        new float[size * game.shape().size()],
        new float[size * game.actionCount()],
        new float[size]);
  }
}

package tabula.agents.rl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tabula.games.Game;
import tabula.games.Position;

/**
 * Positions as RL4J sees them, in rows of one array: the network's planes, then for each action 1
 * if it is legal and 0 if not. A game that is over has no legal action.
 *
 * @param count how many rows
 * @param planes [count, H, W, C]
 * @param legal [count, actionCount]
 */
record Boards(int count, float[] planes, boolean[] legal) {

  /** The only channel of an observation. */
  static final String CHANNEL = "board";

  /** A position as one row, [1, planes + actions]. */
  static INDArray encode(Position position) {
    Game game = position.game();
    int size = game.shape().size();
    float[] row = new float[size + game.actionCount()];
    position.writePlanes(row, 0);
    if (!position.isOver()) {
      for (int action : position.legalActions()) {
        row[size + action] = 1;
      }
    }
    return Nd4j.create(row, new long[] {1, row.length}, 'c');
  }

  static Boards decode(Game game, INDArray rows) {
    int size = game.shape().size();
    int actions = game.actionCount();
    float[] numbers = floats(rows);
    int count = numbers.length / (size + actions);
    float[] planes = new float[count * size];
    boolean[] legal = new boolean[count * actions];
    for (int i = 0; i < count; i++) {
      int start = i * (size + actions);
      System.arraycopy(numbers, start, planes, i * size, size);
      for (int action = 0; action < actions; action++) {
        legal[i * actions + action] = numbers[start + size + action] > 0.5f;
      }
    }
    return new Boards(count, planes, legal);
  }

  /** An array's numbers in row-major order. */
  static float[] floats(INDArray array) {
    INDArray whole = array.isView() || array.ordering() != 'c' ? array.dup('c') : array;
    return whole.data().asFloat();
  }
}

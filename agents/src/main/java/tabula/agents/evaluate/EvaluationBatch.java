package tabula.agents.evaluate;

import tabula.games.Game;
import tabula.games.Position;

/**
 * Positions to evaluate and what came of them: slot i holds a position, its {@code actionCount}
 * logits and its value. Made once and filled again and again.
 */
public final class EvaluationBatch {

  private final Game game;
  private final Position[] positions;
  private final float[] logits;
  private final float[] values;
  private int size;

  public EvaluationBatch(Game game, int capacity) {
    this.game = game;
    this.positions = new Position[capacity];
    this.logits = new float[capacity * game.actionCount()];
    this.values = new float[capacity];
  }

  public Game game() {
    return game;
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return positions.length;
  }

  public void clear() {
    size = 0;
  }

  /** Adds a position that is not over, and returns its slot. */
  public int add(Position position) {
    positions[size] = position;
    return size++;
  }

  public Position position(int slot) {
    return positions[slot];
  }

  /**
   * The policy before the softmax, [capacity, actionCount]; those of illegal actions mean nothing.
   * Row {@code slot} starts at {@code slot * actionCount}.
   */
  public float[] logits() {
    return logits;
  }

  /** [capacity], each in [-1, 1] for the side to move. */
  public float[] values() {
    return values;
  }
}

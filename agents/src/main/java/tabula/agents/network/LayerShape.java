package tabula.agents.network;

/**
 * A layer of a network, and what it gives for one position: {@code channels} pictures of the board,
 * or numbers that belong to no square, which are 1 by 1.
 */
public record LayerShape(String name, int height, int width, int channels) {

  /** How many numbers it gives for a position. */
  public int size() {
    return height * width * channels;
  }

  /** Whether it gives pictures of the board. */
  public boolean isSpatial() {
    return height * width > 1;
  }
}

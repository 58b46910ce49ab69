package tabula.games;

/**
 * The shape of a network's input: {@code channels} planes of {@code height} by {@code width}
 * squares.
 */
public record PlanesShape(int height, int width, int channels) {

  /** How many values one position has. */
  public int size() {
    return height * width * channels;
  }

  public int squares() {
    return height * width;
  }
}

package tabula.games;

/** What a board looks like to those who draw it and play on it. */
public record Board(Kind kind, int width, int height) {

  /** How a move is made. */
  public enum Kind {
    /**
     * A piece falls to the lowest free square of a column: an action is a column, 0 at the left.
     */
    DROP,
    /**
     * A piece is put on a free square: an action is {@code row * width + column}, row 0 at the
     * bottom.
     */
    PLACE,
    /** A piece moves from a square to another: written as both, such as {@code a2b3}. */
    STEP,
    /**
     * A disc is put on a free square, numbered as for {@link #PLACE}, and turns others over; or
     * {@code pass}.
     */
    FLIP,
    /** A stone is put on a free crossing of lines, numbered as for {@link #PLACE}. */
    POINT,
    /**
     * A stone is put on a free hexagon, or the first one is answered by {@code swap}. A row stands
     * half a cell further right than the one below it.
     */
    HEX,
    /**
     * A stone is put on a free crossing of lines, numbered as for {@link #PLACE}, and chains that
     * no free crossing is beside are taken off; or {@code pass}.
     */
    SURROUND,
    /**
     * A piece moves from a square to another: written as both, and what a pawn becomes as a letter
     * behind them, such as {@code e7e8q}. A king that castles goes two squares.
     */
    CHESS,
    /**
     * A piece moves over the dark squares, which are numbered from 1, at the first player's right,
     * row by row: {@code 11-15}, or {@code 9x18x25} where it jumps.
     */
    DRAUGHTS
  }
}

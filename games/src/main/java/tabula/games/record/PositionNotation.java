package tabula.games.record;

import java.util.function.Function;
import tabula.games.Position;

/**
 * How single positions of a game are written: Forsyth-Edwards notation (FEN), where there is one.
 *
 * @param read throws an IllegalArgumentException whose message says what was wrong
 */
public record PositionNotation(Function<String, Position> read, Function<Position, String> write) {}

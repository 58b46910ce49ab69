package tabula.games.record;

import tabula.games.Position;

/** How a format writes the moves of a game. */
public interface MoveText {

  /** As the game itself does. */
  MoveText PLAIN =
      new MoveText() {
        @Override
        public String write(Position position, int action) {
          return position.game().formatMove(position, action);
        }

        @Override
        public int read(Position position, String text) {
          return position.game().parseMove(position, text);
        }
      };

  /** Writes a legal move. */
  String write(Position position, int action);

  /** The action of that name, legal or not; -1 if the text names none. */
  int read(Position position, String text);
}

package tabula.games;

import java.util.List;
import java.util.Optional;
import tabula.games.record.PositionNotation;
import tabula.games.record.RecordFormat;

/**
 * The rules of one game for two players without hidden information or chance. Stateless and shared
 * by threads.
 */
public interface Game {

  /** The name in commands, addresses and files, such as {@code connect-four}. */
  String id();

  /** The name for people, such as {@code Connect Four}. */
  String title();

  Position initialPosition();

  /** Actions are the indices in {@code [0, actionCount())}. */
  int actionCount();

  /** The shape of the network's input. */
  PlanesShape shape();

  /** What the board looks like, for those who draw it. */
  Board board();

  /** How many symmetries the rules have, the identity (index 0) included. */
  int symmetryCount();

  /** Where {@code action} goes under {@code symmetry}: see {@link Position#transform}. */
  int transformAction(int action, int symmetry);

  /** No game is longer than this many moves. */
  int maxPlies();

  /**
   * The written form of an action in {@code position}, such as {@code 4} or {@code b2}. Unique
   * among legal actions.
   */
  String formatMove(Position position, int action);

  /**
   * Reads a move. It may name an action that is not legal in the position.
   *
   * @return the action, or -1 if the text is not the written form of any action
   */
  int parseMove(Position position, String move);

  /** Why an action is not legal in a position where the game goes on: a sentence for people. */
  default String whyIllegal(Position position, int action) {
    return "%s is not a legal move here.".formatted(formatMove(position, action));
  }

  /**
   * How the moves of a game are joined to one line: connect-four's {@code 4455} joins by nothing,
   * tic-tac-toe's {@code b2 a1} by a space.
   */
  String moveSeparator();

  /** How games are written for people and other programs, the usual way first. */
  default List<RecordFormat> recordFormats() {
    return List.of();
  }

  /** The record format of that name, if there is one. */
  default Optional<RecordFormat> recordFormat(String name) {
    return recordFormats().stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** How single positions are written, if there is a usual way. */
  default Optional<PositionNotation> positionNotation() {
    return Optional.empty();
  }
}

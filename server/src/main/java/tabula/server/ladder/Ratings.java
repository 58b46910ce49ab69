package tabula.server.ladder;

/** How strong players are, as far as their rated matches tell. */
public interface Ratings {

  /**
   * A player's rating; {@link Rating#UNKNOWN} before the first rated match. Does not block.
   *
   * @param player such as {@code account:42} or {@code agent:mcts:100}
   * @param pool the time class, such as {@link Pool#UNTIMED}
   */
  Rating of(String player, String game, String pool);
}

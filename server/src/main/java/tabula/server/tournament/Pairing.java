package tabula.server.tournament;

/**
 * Two who meet, by their numbers in the list of players.
 *
 * @param first who moves first
 */
public record Pairing(int first, int second) {

  boolean has(int player) {
    return first == player || second == player;
  }

  boolean isOf(int one, int other) {
    return has(one) && has(other);
  }
}

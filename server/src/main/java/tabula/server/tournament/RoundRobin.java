package tabula.server.tournament;

import java.util.ArrayList;
import java.util.List;

/** Berger's tables: everybody meets everybody, and colours alternate as well as they can. */
final class RoundRobin {

  private RoundRobin() {}

  /** How many rounds it takes until everybody has met everybody. */
  static int rounds(int players) {
    return players % 2 == 0 ? players - 1 : players;
  }

  /**
   * The pairings of a round; where the number of players is odd one is missing, and has a bye.
   *
   * @param round from 0; after {@link #rounds} it begins anew with colours changed
   */
  static List<Pairing> round(int players, int round) {
    int even = players + players % 2;
    int cycle = round / (even - 1);
    int turn = round % (even - 1);
    int last = even - 1;
    List<Pairing> pairings = new ArrayList<>();
    // The last stands still; the others move on around a circle by half a circle a round.
    int start = turn * (even / 2) % last;
    add(pairings, players, cycle, turn % 2 == 0 ? start : last, turn % 2 == 0 ? last : start);
    for (int i = 1; i < even / 2; i++) {
      add(pairings, players, cycle, (start + i) % last, (start - i + last) % last);
    }
    return pairings;
  }

  private static void add(List<Pairing> pairings, int players, int cycle, int first, int second) {
    if (first < players && second < players) {
      pairings.add(cycle % 2 == 0 ? new Pairing(first, second) : new Pairing(second, first));
    }
  }
}

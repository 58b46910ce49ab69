package tabula.server.tournament;

import java.util.Locale;

/** How it is decided who meets whom. */
public enum Format {
  /** Everybody meets everybody, once for each cycle of rounds. */
  ROUND_ROBIN,
  /** Those of equal score meet, and nobody the same one twice. */
  SWISS,
  /** Whoever is free meets whoever else is, until time is up. */
  ARENA;

  /** How many rounds it has unless somebody wants another number; an arena has none. */
  public int usualRounds(int players) {
    return switch (this) {
      case ROUND_ROBIN -> RoundRobin.rounds(players);
      // As many as a knock-out would take, and one more to tell the places.
      case SWISS -> Math.min(mostRounds(players), 33 - Integer.numberOfLeadingZeros(players - 1));
      case ARENA -> 0;
    };
  }

  /** How many rounds it may have: a Swiss must still find new opponents for everybody. */
  public int mostRounds(int players) {
    return switch (this) {
      case ROUND_ROBIN -> 10 * RoundRobin.rounds(players);
      case SWISS -> (players + 1) / 2;
      case ARENA -> 0;
    };
  }

  /** As messages say it, such as {@code round_robin}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

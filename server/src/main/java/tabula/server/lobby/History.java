package tabula.server.lobby;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who met whom last, and who was first how often: of those who played last. */
final class History {

  private static final int MOST_PLAYERS = 10_000;
  private static final int MOST_MET = 3;

  private record Past(int balance, List<String> met) {
    static final Past NONE = new Past(0, List.of());

    Past and(int side, @Nullable String opponent) {
      return new Past(
          balance + side,
          opponent == null
              ? met
              : Stream.concat(Stream.of(opponent), met.stream()).limit(MOST_MET).toList());
    }
  }

  private final Map<String, Past> players = new LinkedHashMap<>(16, 0.75f, true);

  /** Notes a match; an agent's side is null. */
  void played(@Nullable String first, @Nullable String second) {
    note(first, 1, second);
    note(second, -1, first);
    while (players.size() > MOST_PLAYERS) {
      players.remove(players.keySet().iterator().next());
    }
  }

  private void note(@Nullable String player, int side, @Nullable String opponent) {
    if (player != null) {
      players.put(player, past(player).and(side, opponent));
    }
  }

  private Past past(String player) {
    return players.getOrDefault(player, Past.NONE);
  }

  /** How often first, less how often second. */
  int balance(String player) {
    return past(player).balance();
  }

  /** The last few opponents, the newest first. */
  List<String> met(String player) {
    return past(player).met();
  }
}

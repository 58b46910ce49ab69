package tabula.server.ladder;

import java.util.Optional;
import tabula.server.match.Seat;

/**
 * Who is rated.
 *
 * @param id such as {@code account:42} or {@code agent:mcts:100}
 * @param name for people to read
 */
public record Player(String id, String name, Kind kind) {

  /** What the ids of the server's own agents begin with; their specs follow. */
  public static final String AGENT = "agent:";

  /** What plays. */
  public enum Kind {
    PERSON,
    BOT,
    CHECKPOINT,
    AGENT
  }

  /** Who holds a seat; empty for whoever is nobody from one match to the next. */
  public static Optional<Player> of(Seat seat) {
    return seat.player()
        .map(
            id ->
                switch (seat) {
                  case Seat.Person person -> new Player(id, person.name(), Kind.PERSON);
                  case Seat.Bot bot -> new Player(id, bot.name(), Kind.BOT);
                  case Seat.ServerAgent(String agent, String name) -> agent(agent, name);
                  case Seat.Open open -> throw new IllegalStateException("Nobody is " + id);
                });
  }

  /** An agent of the server's own. */
  public static Player agent(String agent, String name) {
    return new Player(AGENT + agent, name, agent.startsWith("net:") ? Kind.CHECKPOINT : Kind.AGENT);
  }

  /** Whether its strength may change with time: an agent plays as its spec says, for ever. */
  static boolean changes(String id) {
    return !id.startsWith(AGENT);
  }
}

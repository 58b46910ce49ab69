package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import tabula.games.Game;
import tabula.server.agent.AgentLevels;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.session.HttpApi.RefusedException;

/** Reads who is to sit where in a match or a tournament. */
record SeatRequests(AgentLevels levels) {

  /** An agent of this server. */
  AgentLevels.Level agent(Game game, String agent) {
    return levels
        .find(game, agent)
        .orElseThrow(
            () ->
                new RefusedException(
                    404,
                    Refusal.UNKNOWN_AGENT,
                    "There is no agent '%s' for %s here. Agents: %s."
                        .formatted(
                            agent,
                            game.title(),
                            String.join(
                                ", ",
                                levels.of(game).stream().map(AgentLevels.Level::agent).toList()))));
  }

  /** The seat that a request which keeps its schema asks for. */
  Seat asked(Game game, JsonNode seat) {
    return switch (seat.path("kind").asText()) {
      case "person" -> new Seat.Person(seat.path("name").asText(Seat.GUEST));
      case "bot" -> new Seat.Bot(seat.path("name").asText());
      case "agent" -> {
        AgentLevels.Level level = agent(game, seat.path("agent").asText());
        yield levels.seat(game, level);
      }
      default -> new Seat.Open();
    };
  }
}

package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Who holds a side of a match. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Seat.Person.class, name = "person"),
  @JsonSubTypes.Type(value = Seat.Bot.class, name = "bot"),
  @JsonSubTypes.Type(value = Seat.ServerAgent.class, name = "agent"),
  @JsonSubTypes.Type(value = Seat.Open.class, name = "open")
})
public sealed interface Seat {

  /** What a person without a name is called. */
  String GUEST = "Guest";

  record Person(String name) implements Seat {}

  record Bot(String name) implements Seat {}

  /** An agent of the server's own: {@code agent} is its spec. */
  record ServerAgent(String agent, String name) implements Seat {}

  /** Waits for whoever comes first. */
  record Open() implements Seat {}
}

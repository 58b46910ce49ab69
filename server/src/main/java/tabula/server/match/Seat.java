package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * Someone at a page.
   *
   * @param account the account's id; null for a guest
   */
  record Person(String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String account)
      implements Seat {

    public Person(String name) {
      this(name, null);
    }

    @Override
    public Optional<String> player() {
      return playerOf(account);
    }
  }

  /**
   * A program of someone's.
   *
   * @param account the account's id; null for a bot without one
   */
  record Bot(String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String account)
      implements Seat {

    public Bot(String name) {
      this(name, null);
    }

    @Override
    public Optional<String> player() {
      return playerOf(account);
    }
  }

  /** An agent of the server's own: {@code agent} is its spec. */
  record ServerAgent(String agent, String name) implements Seat {
    @Override
    public Optional<String> player() {
      return Optional.of("agent:" + agent);
    }
  }

  /** Waits for whoever comes first. */
  record Open() implements Seat {
    @Override
    public Optional<String> player() {
      return Optional.empty();
    }
  }

  /**
   * Who it is from one match to the next, such as {@code account:42} or {@code agent:mcts:100};
   * empty for whoever has no account. It is what ratings are kept for.
   */
  Optional<String> player();

  /** What records of games call it; empty for nobody. */
  default String written() {
    return switch (this) {
      case Person person -> person.name();
      case Bot bot -> bot.name();
      case ServerAgent agent -> agent.name();
      case Open open -> "";
    };
  }

  private static Optional<String> playerOf(@Nullable String account) {
    return Optional.ofNullable(account).map(id -> "account:" + id);
  }
}

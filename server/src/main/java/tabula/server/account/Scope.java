package tabula.server.account;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a token gives the right to. */
public enum Scope {
  /** Takes seats in a bot's name. Tokens of bots alone have it. */
  BOT_PLAY("bot:play"),
  /** Starts and stops training runs of the account's own. Tokens of people alone have it. */
  RUN_WRITE("run:write"),
  /** Does what an administrator may. Tokens of administrators alone have it. */
  ADMIN("admin");

  private final String code;

  Scope(String code) {
    this.code = code;
  }

  /** As messages and the database say it. */
  public String code() {
    return code;
  }

  public static Optional<Scope> find(String code) {
    return Arrays.stream(values()).filter(scope -> scope.code.equals(code)).findFirst();
  }

  /** Scopes with spaces between them; what is not known gives no right. */
  public static Set<Scope> parse(String codes) {
    return Arrays.stream(codes.split(" ", -1))
        .flatMap(code -> find(code).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The other way round. */
  public static String format(Set<Scope> scopes) {
    return new TreeSet<>(scopes).stream().map(Scope::code).collect(Collectors.joining(" "));
  }

  /** Whether a token of this account may have it. */
  public boolean fits(Account account) {
    return switch (this) {
      case BOT_PLAY -> account.isBot();
      case RUN_WRITE -> !account.isBot();
      case ADMIN -> account.administers();
    };
  }
}

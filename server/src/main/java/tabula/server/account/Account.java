package tabula.server.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a name that nobody else can take.
 *
 * @param owner the id of the person whose bot it is; null for a person
 * @param administers whether it may do what concerns the whole server
 * @param signInEpoch counts up when all who are signed in by cookie are to sign in again
 */
public record Account(
    String id,
    Kind kind,
    String name,
    @Nullable String owner,
    boolean administers,
    int signInEpoch,
    long createdAt) {

  /** What holds the account. */
  public enum Kind {
    PERSON,
    BOT;

    /** As messages and the database say it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /** A person's account that is new. */
  public static Account person(String id, String name, boolean administers, long now) {
    return new Account(id, Kind.PERSON, name, null, administers, 0, now);
  }

  /** A bot's account that is new. */
  public static Account bot(String id, String name, String owner, long now) {
    return new Account(id, Kind.BOT, name, owner, false, 0, now);
  }

  public boolean isBot() {
    return kind == Kind.BOT;
  }
}

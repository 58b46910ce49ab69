package tabula.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Passwords as Argon2id hashes, with their parameters and salt beside them, in the usual form
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Each takes 19 MiB and some tens of
 * milliseconds: call it where blocking is allowed, and bound how many run at once.
 */
public final class Passwords {

  public static final int MIN_LENGTH = 10;
  public static final int MAX_LENGTH = 200;

  /** The least that OWASP advises for one lane. */
  private static final Cost COST = new Cost(19_456, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** Somebody who is not there: a wrong name costs the same time as a wrong password. */
  private static final class Nobody {
    static final String PASSWORD = hash(Secrets.newToken());
  }

  private record Cost(int kibibytes, int passes, int lanes) {}

  private Passwords() {}

  /** Why a password is not taken; empty if it is. */
  public static Optional<String> problem(String password, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      return Optional.of("A password has at least %d characters.".formatted(MIN_LENGTH));
    }
    if (length > MAX_LENGTH) {
      return Optional.of("A password has at most %d characters.".formatted(MAX_LENGTH));
    }
    if (AccountNames.fold(password).equals(AccountNames.fold(name))
        || password.chars().distinct().count() < 4) {
      return Optional.of("That password is the first that others would guess.");
    }
    return Optional.empty();
  }

  /** What is kept of a password. */
  public static String hash(String password) {
    byte[] salt = Secrets.randomBytes(SALT_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            COST.kibibytes(),
            COST.passes(),
            COST.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(argon2id(password, salt, COST, HASH_BYTES)));
  }

  /**
   * Whether a password is the one that was hashed. It takes its time even where there is none.
   *
   * @param hashed null if nobody has the name, or has no password
   */
  public static boolean matches(String password, @Nullable String hashed) {
    Matcher parts = FORM.matcher(hashed == null ? Nobody.PASSWORD : hashed);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A password's hash has another form.");
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] found =
        argon2id(
            password, Base64.getDecoder().decode(parts.group(4)), cost(parts), expected.length);
    return MessageDigest.isEqual(expected, found) && hashed != null;
  }

  /**
   * Whether a hash costs what hashes cost today: if not, it is made anew when there is a chance.
   */
  public static boolean isCurrent(String hashed) {
    Matcher parts = FORM.matcher(hashed);
    return parts.matches() && cost(parts).equals(COST);
  }

  private static Cost cost(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private static byte[] argon2id(String password, byte[] salt, Cost cost, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    // The same password typed on another keyboard must be the same bytes.
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8),
        hash);
    return hash;
  }
}

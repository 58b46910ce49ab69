package tabula.server.account;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Random secrets and ids, and what may be kept of them. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 random bits: nobody guesses them, so that a plain hash is enough. */
  public static String newToken() {
    return random(32);
  }

  /** 96 random bits, so that ids do not meet. */
  public static String newId() {
    return random(12);
  }

  /** None begins with a hyphen: command lines would take it for an option. */
  private static String random(int bytes) {
    String random;
    do {
      random = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(bytes));
    } while (random.startsWith("-"));
    return random;
  }

  static byte[] randomBytes(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /** The SHA-256 of a text, in hexadecimal digits: all that is kept of a token. */
  public static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }

  /** A text's seal: who does not have the key cannot make one. */
  public static String seal(String text, String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("Every Java platform has HmacSHA256.", e);
    }
  }

  /** Compares in a time that does not tell how much of them is the same. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}

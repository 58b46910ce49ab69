package tabula.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTests {

  private static final String PASSWORD = "kilenc fehér ló";

  @Test
  void password_matchesItsHash_andNoOtherDoes() {
    String hashed = Passwords.hash(PASSWORD);
    assertTrue(hashed.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hashed);
    assertTrue(Passwords.matches(PASSWORD, hashed));
    assertFalse(Passwords.matches("kilenc fehér lo", hashed));
    assertFalse(Passwords.matches("", hashed));
    assertNotEquals(hashed, Passwords.hash(PASSWORD), "each has a salt of its own");
    assertTrue(Passwords.isCurrent(hashed));
  }

  @Test
  void password_typedDecomposed_isTheSame() {
    assertTrue(Passwords.matches("kilenc fehe\u0301r lo\u0301", Passwords.hash(PASSWORD)));
  }

  @Test
  void password_ofNobody_matchesNothing() {
    assertFalse(Passwords.matches(PASSWORD, null));
  }

  /** A hash by the reference implementation's command line tool, with other parameters. */
  @Test
  void hash_ofAnotherProgram_withOtherParameters_isUnderstood() {
    String hashed =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
            + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertTrue(Passwords.matches("password", hashed));
    assertFalse(Passwords.isCurrent(hashed));
  }

  @ParameterizedTest
  @CsvSource({
    "short, at least 10 characters",
    "aaaaaaaaaaaa, the first that others would guess",
    "Ada Lovelace, the first that others would guess"
  })
  void password_thatIsGuessed_isRefused(String password, String why) {
    assertTrue(Passwords.problem(password, "adalovelace").orElse("").contains(why));
  }

  @Test
  void password_thatIsLong_isTaken_upToALimit() {
    assertEquals(Optional.empty(), Passwords.problem(PASSWORD, "Ada"));
    assertEquals(Optional.empty(), Passwords.problem("abcde".repeat(40), "Ada"));
    assertTrue(Passwords.problem("abcde".repeat(40) + "f", "Ada").isPresent());
  }
}

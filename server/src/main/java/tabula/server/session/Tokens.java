package tabula.server.session;

import tabula.server.account.Secrets;

/** The tokens of seats, and the ids of matches. Only a token's hash is ever stored. */
final class Tokens {

  private Tokens() {}

  static String newToken() {
    return Secrets.newToken();
  }

  /** A match's id: so random that a match cannot be guessed. */
  static String newMatchId() {
    return Secrets.newId();
  }

  static String hash(String token) {
    return Secrets.hash(token);
  }
}

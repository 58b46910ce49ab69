package tabula.server.session;

/** How often somebody may try a password or claim a name, by account and by address. */
final class SignInLimits {

  private final TokenBuckets tries = new TokenBuckets(1 / 10.0, 30);
  private final TokenBuckets triesFrom = new TokenBuckets(1 / 5.0, 20);
  private final TokenBuckets claimsFrom = new TokenBuckets(1 / 60.0, 10);

  /**
   * Counts a try at an account's password, whether or not there is such an account.
   *
   * @return 0 if it may be tried, or after how many milliseconds
   */
  long trySignIn(String foldedName, String address) {
    long wait = triesFrom.take(address);
    return wait > 0 ? wait : tries.take(foldedName);
  }

  /** Counts a claim of a name. */
  long claim(String address) {
    return claimsFrom.take(address);
  }
}

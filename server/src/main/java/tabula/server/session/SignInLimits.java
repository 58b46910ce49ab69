package tabula.server.session;

/** How often somebody may try a password or claim a name, by account and by address. */
final class SignInLimits {

  private final Buckets tries = new Buckets();
  private final Buckets triesFrom = new Buckets();
  private final Buckets claimsFrom = new Buckets();

  /**
   * Counts a try at an account's password, whether or not there is such an account.
   *
   * @return 0 if it may be tried, or after how many milliseconds
   */
  long trySignIn(String foldedName, String address) {
    long wait = triesFrom.take(address, 1 / 5.0, 20);
    return wait > 0 ? wait : tries.take(foldedName, 1 / 10.0, 30);
  }

  /** Counts a claim of a name. */
  long claim(String address) {
    return claimsFrom.take(address, 1 / 60.0, 10);
  }
}

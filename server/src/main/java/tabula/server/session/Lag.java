package tabula.server.session;

/** How long the way to a client and back takes, by the websocket's own pings. */
final class Lag {

  private long sentAt;
  private long millis;

  /** A ping leaves. */
  void sent(long now) {
    sentAt = now;
  }

  /** Its answer is here; one that nobody asked for says nothing. */
  void heard(long now) {
    if (sentAt > 0) {
      long took = now - sentAt;
      // A single slow answer does not count for much.
      millis = millis == 0 ? took : (3 * millis + took) / 4;
      sentAt = 0;
    }
  }

  /** 0 until it is known. */
  long millis() {
    return millis;
  }
}

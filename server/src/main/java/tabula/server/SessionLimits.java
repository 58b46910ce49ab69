package tabula.server;

import tabula.server.lobby.Lobby;

/**
 * How long the server is patient with its clients, and how much each may say.
 *
 * @param heartbeatMillis how often it asks whether a client is there
 * @param idleMillis a client of whom nothing is heard for so long is let go
 * @param slowMillis so is one who does not read for so long
 * @param resumeMillis how long a session waits for its client to come back
 * @param drainMillis how long a stopping server lets moves be made
 * @param lobby how often it pairs, and how long a challenge waits
 */
public record SessionLimits(
    long heartbeatMillis,
    long idleMillis,
    long slowMillis,
    long resumeMillis,
    long drainMillis,
    int framesPerSecond,
    Lobby.Limits lobby) {

  /** With the usual lobby. */
  public SessionLimits(
      long heartbeatMillis,
      long idleMillis,
      long slowMillis,
      long resumeMillis,
      long drainMillis,
      int framesPerSecond) {
    this(
        heartbeatMillis,
        idleMillis,
        slowMillis,
        resumeMillis,
        drainMillis,
        framesPerSecond,
        Lobby.Limits.USUAL);
  }

  public static final SessionLimits USUAL =
      new SessionLimits(20_000, 90_000, 30_000, 120_000, 2_000, 50);
}

package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.session.FaultProxy;

/**
 * Whatever the network does, and while the server is stopped under load, no accepted move is lost.
 */
class FaultTests {

  private static final int MATCHES = 40;
  private static final int MOVES_BETWEEN_FAULTS = 80;

  /** Who hears nothing of a frozen connection has to find out by itself. */
  private static final long FROZEN_SECONDS = 5;

  /** A server that stops does not wait until all matches are over. */
  private static final SessionLimits SHORT_DRAIN =
      new SessionLimits(20_000, 90_000, 30_000, 120_000, 50, 50);

  @TempDir private Path data = Path.of("");

  private TabulaServer start(int port) {
    return TabulaServer.start(
        new ServerConfig("127.0.0.1", port, new DatabaseConfig(data, null), Map.of(), SHORT_DRAIN));
  }

  private void assertNothingLost(List<ResumingMatch> matches, boolean brokeConnections)
      throws StoreException {
    try (MatchStore stored = MatchStore.openToRead(new DatabaseConfig(data, null))) {
      assertEquals(0, matches.stream().mapToInt(ResumingMatch::lost).sum(), "lost moves");
      for (ResumingMatch match : matches) {
        assertEquals(match.known(), stored.load(match.id()).orElseThrow().moves());
        assertTrue(stored.load(match.id()).orElseThrow().isOver());
      }
    }
    int resumed = matches.stream().mapToInt(ResumingMatch::resumed).sum();
    assertTrue(
        brokeConnections == resumed > matches.size(), () -> "bots that came back: " + resumed);
  }

  enum Fault {
    DELAYS,
    THROTTLES,
    DOUBLES,
    CUTS,
    FREEZES
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void networkThatFails_losesNoAcceptedMove(Fault fault) throws Exception {
    List<ResumingMatch> matches;
    try (TabulaServer server = start(0);
        FaultProxy proxy = new FaultProxy(server.address())) {
      if (fault == Fault.DOUBLES) {
        proxy.doubleConnections();
      }
      matches =
          CrashTests.playThrough(
              proxy.address(),
              MATCHES,
              MOVES_BETWEEN_FAULTS,
              fault == Fault.FREEZES ? FROZEN_SECONDS : CrashTests.PATIENCE_SECONDS,
              () -> {
                switch (fault) {
                  case DELAYS -> proxy.delay(40);
                  case THROTTLES -> proxy.throttle(20_000);
                  case DOUBLES -> {}
                  case CUTS -> assertTrue(proxy.cut() > 0);
                  case FREEZES -> assertTrue(proxy.freeze() > 0);
                }
              });
    }
    assertNothingLost(matches, fault == Fault.CUTS || fault == Fault.FREEZES);
  }

  @Test
  void serverThatIsStoppedUnderLoad_losesNoAcceptedMove_andAllBotsGoOn() throws Exception {
    int port = CrashTests.freePort();
    TabulaServer[] server = {start(port)};
    List<ResumingMatch> matches;
    try {
      matches =
          CrashTests.playThrough(
              server[0].address(),
              MATCHES,
              MOVES_BETWEEN_FAULTS,
              CrashTests.PATIENCE_SECONDS,
              () -> {
                server[0].close();
                server[0] = start(port);
              });
    } finally {
      server[0].close();
    }
    assertNothingLost(matches, true);
  }
}

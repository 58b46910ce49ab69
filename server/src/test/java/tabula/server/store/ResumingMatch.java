package tabula.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import tabula.server.session.TestClient;

/**
 * A match of tic-tac-toe between two bots that come back however often the server goes away, and
 * that count what was lost.
 */
final class ResumingMatch {

  private final String address;
  private final String id;
  private final String[] tokens;
  private final AtomicInteger moved;
  private final long patienceSeconds;
  private final List<String> known = new ArrayList<>();
  private final SplittableRandom random;
  private int lost;
  private int resumed;

  /**
   * Makes the match.
   *
   * @param moved counts acknowledged moves, of several matches together
   * @param patienceSeconds after which a bot that hears nothing comes again
   */
  ResumingMatch(String address, AtomicInteger moved, long patienceSeconds)
      throws IOException, InterruptedException {
    JsonNode created =
        TestClient.post(
                address + "/api/v1/matches",
                "{\"game\": \"tic-tac-toe\", \"first\": {\"kind\": \"bot\", \"name\": \"A\"},"
                    + " \"second\": {\"kind\": \"bot\", \"name\": \"B\"}}")
            .body();
    this.address = address;
    this.moved = moved;
    this.patienceSeconds = patienceSeconds;
    this.id = created.path("match").path("id").asText();
    this.tokens =
        new String[] {
          created.path("seatTokens").path("first").asText(),
          created.path("seatTokens").path("second").asText()
        };
    this.random = new SplittableRandom(id.hashCode());
  }

  String id() {
    return id;
  }

  /** How many acknowledged moves were gone when the bots came back. */
  int lost() {
    return lost;
  }

  /** How often the bots took their seats again. */
  int resumed() {
    return resumed;
  }

  /** Every move that was acknowledged or seen, in order. */
  List<String> known() {
    return known;
  }

  /** Plays until the match is over, or the thread is interrupted. */
  void play() {
    boolean over = false;
    while (!over && !Thread.currentThread().isInterrupted()) {
      try (TestClient first = new TestClient(address, patienceSeconds);
          TestClient second = new TestClient(address, patienceSeconds)) {
        over = play(first, second);
      } catch (CompletionException | AssertionError e) {
        // The server is away; nothing can be done but to come back.
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean play(TestClient first, TestClient second) throws InterruptedException {
    TestClient[] clients = {first, second};
    JsonNode state = first.await("hello");
    for (int side = 0; side < 2; side++) {
      clients[side].send("join", id, 0, "{\"seatToken\": \"%s\"}".formatted(tokens[side]));
      JsonNode answer = clients[side].await("matchStarted", "refused");
      if (answer.path("type").asText().equals("refused")) {
        pause();
        return false;
      }
      state = answer.path("data").path("match");
    }
    resumed++;
    compare(state.path("moves"));
    while (!state.path("legalMoves").isEmpty()) {
      int ply = known.size();
      JsonNode legal = state.path("legalMoves");
      String move = legal.get(random.nextInt(legal.size())).asText();
      TestClient mover = clients[ply % 2];
      mover.send("move", id, ply, "{\"move\": \"%s\"}".formatted(move));
      // A move that the store was in doubt about is told before its repetition is accepted.
      boolean accepted = false;
      boolean played = false;
      while (!accepted || !played) {
        JsonNode frame = mover.await("moveAccepted", "matchState", "refused");
        switch (frame.path("type").asText()) {
          case "moveAccepted" -> {
            accepted = true;
            known.add(move);
            moved.incrementAndGet();
          }
          case "matchState" -> {
            state = frame.path("data");
            played = state.path("ply").asInt() == ply + 1;
          }
          default -> {
            // Perhaps it is stored all the same: look again.
            pause();
            return false;
          }
        }
      }
    }
    return true;
  }

  private void compare(JsonNode moves) {
    List<String> now = new ArrayList<>();
    moves.forEach(move -> now.add(move.asText()));
    for (int i = 0; i < known.size(); i++) {
      if (i >= now.size() || !now.get(i).equals(known.get(i))) {
        lost++;
      }
    }
    known.clear();
    known.addAll(now);
  }
}

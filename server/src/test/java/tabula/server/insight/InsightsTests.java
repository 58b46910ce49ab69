package tabula.server.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tabula.games.tictactoe.TicTacToe;
import tabula.server.store.ShippedCheckpoints;

class InsightsTests {

  @Test
  void ask_oftenAtOnce_answersSome_refusesTheRest_andAnswersAgainLater() {
    Vertx vertx = Vertx.vertx();
    try {
      Insights insights = new Insights(vertx);
      List<Future<JsonNode>> asked = new ArrayList<>();
      for (int seed = 0; seed < 30; seed++) {
        asked.add(ask(insights, "one", seed));
      }
      Future<JsonNode> other = ask(insights, "other", 0);
      List<Future<JsonNode>> refused = new ArrayList<>();
      for (Future<JsonNode> each : asked) {
        Future.join(List.of(each))
            .otherwiseEmpty()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
        if (each.failed()) {
          assertInstanceOf(Insights.BusyException.class, each.cause());
          refused.add(each);
        }
      }
      assertTrue(!refused.isEmpty() && refused.size() < asked.size(), () -> "" + refused.size());
      other.toCompletionStage().toCompletableFuture().join();
      JsonNode again = ask(insights, "one", 0).toCompletionStage().toCompletableFuture().join();
      assertEquals(asked.getFirst().result(), again);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void question_thatNobodyWaitsFor_isNotAnswered() {
    Vertx vertx = Vertx.vertx();
    try {
      Future<JsonNode> answer =
          new Insights(vertx)
              .ask(
                  "one",
                  () -> true,
                  "shipped",
                  ShippedCheckpoints.file(TicTacToe.GAME),
                  View.NETWORK,
                  Map.of());
      Future.join(List.of(answer))
          .otherwiseEmpty()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      assertInstanceOf(Insights.BusyException.class, answer.cause());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Future<JsonNode> ask(Insights insights, String asker, int seed) {
    return insights.ask(
        asker,
        () -> false,
        "shipped",
        ShippedCheckpoints.file(TicTacToe.GAME),
        View.NETWORK,
        Map.of("seed", String.valueOf(seed)));
  }
}

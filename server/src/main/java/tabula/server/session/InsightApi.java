package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tabula.server.agent.AgentLevels;
import tabula.server.insight.Insights;
import tabula.server.insight.Question;
import tabula.server.insight.View;
import tabula.server.match.Refusal;

/** What networks have learnt, over HTTP. */
final class InsightApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final AgentLevels levels;
  private final Insights insights;
  private final Callers callers;
  private final TokenBuckets askedFrom = new TokenBuckets(10, 80);

  InsightApi(Vertx vertx, AgentLevels levels, Callers callers) {
    this.vertx = vertx;
    this.levels = levels;
    this.insights = new Insights(vertx);
    this.callers = callers;
  }

  void addTo(Router router) {
    router
        .get("/api/v1/insight")
        .handler(request -> HttpApi.answer(request, 200, this::checkpoints));
    router
        .get("/api/v1/insight/:checkpoint/:view")
        .handler(request -> HttpApi.answer(request, 200, () -> ask(request)));
  }

  /** All checkpoints that can be looked into, the newest of each game first. */
  private Future<JsonNode> checkpoints() {
    return vertx.executeBlocking(
        () -> {
          ObjectNode answer = JSON.createObjectNode();
          ArrayNode list = answer.putArray("checkpoints");
          for (AgentLevels.Kept kept : levels.checkpoints()) {
            list.addObject()
                .put("id", kept.id())
                .put("game", kept.game().id())
                .put("network", kept.network())
                .put("step", kept.step())
                .put("latest", levels.isLatest(kept));
          }
          return answer;
        },
        false);
  }

  private Future<JsonNode> ask(RoutingContext request) {
    String id = request.pathParam("checkpoint");
    String name = request.pathParam("view");
    View view =
        View.find(name)
            .orElseThrow(
                () ->
                    new HttpApi.RefusedException(
                        404,
                        Refusal.UNKNOWN_TYPE,
                        "There is no view '%s'. Views: %s.".formatted(name, View.all())));
    String asker = callers.outside().address(request.request());
    long wait = askedFrom.take(asker);
    if (wait > 0) {
      throw new HttpApi.RefusedException(
          429, Refusal.RATE_LIMITED, "That were many questions. Try again soon.", wait);
    }
    Map<String, String> options = new HashMap<>();
    for (String option : Question.OPTIONS) {
      @Nullable String value = request.request().getParam(option);
      if (value != null) {
        options.put(option, value);
      }
    }
    return vertx
        .executeBlocking(() -> levels.checkpoint(id), false)
        .compose(
            kept ->
                kept.map(
                        found ->
                            insights.ask(
                                asker,
                                () -> request.response().closed(),
                                found.id(),
                                found.file(),
                                view,
                                options))
                    .orElseThrow(
                        () ->
                            new HttpApi.RefusedException(
                                404,
                                Refusal.UNKNOWN_CHECKPOINT,
                                "There is no checkpoint '%s' here: see /api/v1/insight."
                                    .formatted(id))))
        .recover(failure -> Future.failedFuture(refused(failure)));
  }

  private static Throwable refused(Throwable failure) {
    return switch (failure) {
      case Question.WrongQuestionException wrong ->
          new HttpApi.RefusedException(400, wrong.refusal(), String.valueOf(wrong.getMessage()));
      case Insights.BusyException busy ->
          new HttpApi.RefusedException(
              429, Refusal.RATE_LIMITED, String.valueOf(busy.getMessage()), 2_000L);
      default -> failure;
    };
  }
}

package tabula.server.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.record.Note;
import tabula.games.record.ReadGame;
import tabula.games.record.RecordException;
import tabula.games.record.RecordFormat;
import tabula.games.record.Records;
import tabula.server.match.Match;
import tabula.server.match.RecordedMatch;
import tabula.server.match.Refusal;
import tabula.server.store.MatchStore;
import tabula.server.store.StoreException;

/** Games as other programs write them, over HTTP: matches written down, and records read. */
final class RecordsApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/records";
  private static final int MAX_BODY_BYTES = 256 * 1024;
  private static final int MOST_GAMES = 100;

  private final Vertx vertx;
  private final MatchStore store;
  private final Callers callers;
  private final Quotas quotas;

  RecordsApi(Vertx vertx, MatchStore store, Callers callers, Quotas quotas) {
    this.vertx = vertx;
    this.store = store;
    this.callers = callers;
    this.quotas = quotas;
  }

  /** Lets records be longer than other bodies: comes before the handler of those. */
  void admitLongBodies(Router router) {
    router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
  }

  void addTo(Router router) {
    router.get("/api/v1/matches/:id/record").handler(this::write);
    router.post(PATH).handler(request -> HttpApi.answer(request, 200, () -> read(request)));
  }

  /** A match, written. */
  private record Written(String text, RecordFormat format, String fileName) {}

  private void write(RoutingContext request) {
    String id = String.valueOf(request.pathParam("id"));
    @Nullable String name = request.request().getParam("format");
    vertx
        .executeBlocking(() -> written(id, name), false)
        .onSuccess(
            written ->
                request
                    .response()
                    .putHeader("Content-Type", written.format().mediaType() + "; charset=utf-8")
                    .putHeader(
                        "Content-Disposition",
                        "attachment; filename=\"%s\"".formatted(written.fileName()))
                    .putHeader("Cache-Control", "no-store")
                    .end(written.text()))
        .onFailure(failure -> HttpApi.answer(request, 200, () -> Future.failedFuture(failure)));
  }

  private Written written(String id, @Nullable String name) throws StoreException {
    Match match =
        store
            .load(id)
            .orElseThrow(
                () ->
                    new HttpApi.RefusedException(
                        404, Refusal.UNKNOWN_MATCH, "There is no match of this id."));
    Game game = match.game();
    List<RecordFormat> formats = game.recordFormats();
    RecordFormat format =
        (name == null ? formats.stream().findFirst() : game.recordFormat(name))
            .orElseThrow(
                () ->
                    HttpApi.malformed(
                        formats.isEmpty()
                            ? "No record format has %s.".formatted(game.title())
                            : "format is one of %s, not '%s'."
                                .formatted(
                                    formats.stream()
                                        .map(RecordFormat::name)
                                        .collect(Collectors.joining(", ")),
                                    name)));
    return new Written(
        format.write(match.recorded()),
        format,
        "%s-%s.%s".formatted(game.id(), match.id(), format.name()));
  }

  private Future<ObjectNode> read(RoutingContext request) {
    String text = HttpApi.body(request, "readRecords").path("text").asText();
    return callers
        .of(request.request())
        .compose(
            caller -> {
              quotas.countRecord(caller, request);
              return vertx.executeBlocking(() -> read(text), false);
            });
  }

  private static ObjectNode read(String text) {
    List<ReadGame> games;
    try {
      games = Records.read(text, MOST_GAMES);
    } catch (RecordException e) {
      throw new HttpApi.RefusedException(400, Refusal.NOT_A_RECORD, String.valueOf(e.getMessage()));
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("games");
    for (ReadGame read : games) {
      Match match = RecordedMatch.of(read.game()).match();
      ObjectNode game = list.addObject().put("line", read.line());
      game.set("match", JSON.valueToTree(match.view(match.createdAt())));
      ArrayNode notes = game.putArray("notes");
      for (Note note : read.notes()) {
        notes
            .addObject()
            .put("code", note.kind().code())
            .put("said", note.said())
            .put("message", note.sentence());
      }
    }
    return answer;
  }

  /** How long a body at this address may be, in bytes; the usual length elsewhere. */
  static int bodyLimit(RoutingContext request, int usual) {
    return request.normalizedPath().equals(PATH) ? MAX_BODY_BYTES : usual;
  }
}

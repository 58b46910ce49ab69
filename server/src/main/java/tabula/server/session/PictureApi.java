package tabula.server.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Side;
import tabula.server.account.Secrets;
import tabula.server.bus.MatchBus;
import tabula.server.match.Command;
import tabula.server.match.Match;
import tabula.server.match.Refusal;
import tabula.server.picture.BoardPicture;
import tabula.server.picture.BoardPicture.Shape;
import tabula.server.picture.Png;
import tabula.server.session.HttpApi.RefusedException;

/** Positions as pictures, over HTTP. */
final class PictureApi {

  private static final int LEAST_WIDTH = 64;
  private static final int MOST_WIDTH = 1200;
  private static final int USUAL_WIDTH = 600;

  /** How many are drawn at once: the larger ones take a processor some tenths of a second. */
  private static final int MOST_DRAWN = 8;

  private static final long RETRY_MILLIS = 1_000;
  private static final int TAG_LETTERS = 24;

  private final Vertx vertx;
  private final MatchBus matches;
  private final Outside outside;
  private final TokenBuckets askedFrom = new TokenBuckets(10, 100);

  /** How many are drawn now. For the event loop alone. */
  private int drawn;

  PictureApi(Vertx vertx, MatchBus matches, Outside outside) {
    this.vertx = vertx;
    this.matches = matches;
    this.outside = outside;
  }

  private enum Format {
    SVG("image/svg+xml; charset=utf-8"),
    PNG("image/png");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    Buffer of(String svg) {
      return switch (this) {
        case SVG -> Buffer.buffer(svg);
        case PNG -> Buffer.buffer(Png.of(svg));
      };
    }
  }

  /**
   * A position that is asked for.
   *
   * @param moves the moves that lead to it, in a line
   * @param lasts whether the same address always has this position
   */
  private record Asked(Game game, String moves, boolean lasts) {}

  /** How it shall look. */
  private record Look(Side below, Shape shape, int width) {

    static Look of(RoutingContext request) {
      return new Look(
          among(request, "side", List.of(Side.values()), Match::name),
          among(request, "shape", List.of(Shape.values()), PictureApi::name),
          number(request, "width", LEAST_WIDTH, MOST_WIDTH, USUAL_WIDTH));
    }
  }

  /**
   * A picture, or the word that whoever asks has it.
   *
   * @param bytes null where the tag is among those that the request knows
   */
  private record Drawn(String tag, @Nullable Buffer bytes) {}

  void addTo(Router router) {
    for (Format format : Format.values()) {
      String ending = "." + name(format);
      router
          .get("/api/v1/matches/:id/picture" + ending)
          .handler(request -> answer(request, format, this::match));
      router
          .get("/api/v1/positions/:game" + ending)
          .handler(request -> answer(request, format, PictureApi::position));
    }
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void answer(
      RoutingContext request, Format format, Function<RoutingContext, Future<Asked>> position) {
    Future.succeededFuture(request)
        .compose(
            asking -> {
              Look look = Look.of(asking);
              count(asking);
              return position.apply(asking).compose(asked -> send(asking, format, asked, look));
            })
        .onFailure(failure -> HttpApi.fail(request, failure));
  }

  private void count(RoutingContext request) {
    long wait = askedFrom.take(outside.address(request.request()));
    if (wait > 0 || drawn >= MOST_DRAWN) {
      throw new RefusedException(
          429,
          Refusal.RATE_LIMITED,
          "Too many pictures are drawn. Try again soon.",
          Math.max(wait, RETRY_MILLIS));
    }
  }

  private Future<Asked> match(RoutingContext request) {
    return matches
        .ask(new Command.Look(request.pathParam("id")))
        .map(HttpApi::done)
        .map(
            match -> {
              Game game = Games.get(match.game());
              List<String> moves = match.moves();
              int ply = number(request, "ply", 0, moves.size(), moves.size());
              return new Asked(
                  game, String.join(game.moveSeparator(), moves.subList(0, ply)), match.isOver());
            });
  }

  private static Future<Asked> position(RoutingContext request) {
    @Nullable String moves = request.request().getParam("moves");
    return Future.succeededFuture(
        new Asked(HttpApi.game(request.pathParam("game")), moves == null ? "" : moves, true));
  }

  private Future<Void> send(RoutingContext request, Format format, Asked asked, Look look) {
    @Nullable String known = request.request().getHeader("If-None-Match");
    drawn++;
    return vertx
        .executeBlocking(() -> draw(format, asked, look, known), false)
        .onComplete(any -> drawn--)
        .compose(
            picture -> {
              request
                  .response()
                  .putHeader("ETag", picture.tag())
                  .putHeader("Cache-Control", asked.lasts() ? "public, max-age=86400" : "no-cache");
              return picture.bytes() == null
                  ? request.response().setStatusCode(304).end()
                  : request.response().putHeader("Content-Type", format.type).end(picture.bytes());
            });
  }

  private static Drawn draw(Format format, Asked asked, Look look, @Nullable String known) {
    GameRecord played =
        switch (GameRecord.read(asked.game(), asked.moves())) {
          case GameRecord.Reading.Valid(GameRecord valid) -> valid;
          case GameRecord.Reading.Invalid(String reason) -> throw HttpApi.malformed(reason);
        };
    String svg = BoardPicture.svg(played, look.below(), look.shape(), look.width());
    String tag = tag(format, svg);
    boolean isKnown =
        known != null
            && Arrays.stream(known.split(",", -1)).map(String::strip).anyMatch(tag::equals);
    return new Drawn(tag, isKnown ? null : format.of(svg));
  }

  /** The same for the same picture; weak, as it may be sent compressed. */
  private static String tag(Format format, String svg) {
    return "W/\"%s\"".formatted(Secrets.hash(format + svg).substring(0, TAG_LETTERS));
  }

  /** One of some values by its name, the first unless another is named. */
  private static <T> T among(
      RoutingContext request, String name, List<T> values, Function<T, String> nameOf) {
    @Nullable String text = request.request().getParam(name);
    return values.stream()
        .filter(value -> text == null || nameOf.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                HttpApi.malformed(
                    "%s is %s, not '%s'."
                        .formatted(
                            name,
                            String.join(" or ", values.stream().map(nameOf).toList()),
                            text)));
  }

  private static int number(RoutingContext request, String name, int least, int most, int usual) {
    return HttpApi.number(
        request,
        name,
        Integer::parseInt,
        number -> number >= least && number <= most,
        usual,
        "%s is a number from %d to %d.".formatted(name, least, most));
  }
}

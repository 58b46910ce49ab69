package tabula.server.session;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.games.Games;
import tabula.server.bus.MatchBus;
import tabula.server.match.Command;
import tabula.server.match.MatchView;
import tabula.server.match.Seat;

/**
 * The page at the address of a match: the same as everywhere, with a head that says which match it
 * is, by which other programs show links to it.
 */
final class MatchDocument {

  private static final String PAGE = "/index.html";
  private static final String TITLE = "<title>Tabula</title>";

  /** What may stand in an address between {@code //} and the next slash. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

  private final MatchBus matches;
  private final Outside outside;

  MatchDocument(MatchBus matches, Outside outside) {
    this.matches = matches;
    this.outside = outside;
  }

  void addTo(Router router) {
    @Nullable String page = read();
    router
        .get("/match/:id")
        .handler(
            request -> {
              if (page == null) {
                request.reroute(PAGE);
              } else {
                serve(request, page);
              }
            });
  }

  /** Null where the server is built without its page. */
  private static @Nullable String read() {
    try (@Nullable InputStream page = MatchDocument.class.getResourceAsStream("/web" + PAGE)) {
      return page == null ? null : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(RoutingContext request, String page) {
    matches
        .ask(new Command.Look(request.pathParam("id")))
        .map(
            reply ->
                reply instanceof Command.Done(MatchView match, var side)
                    ? page.replace(TITLE, head(request, match))
                    : page)
        // Where nobody answers, the page says so itself.
        .otherwise(page)
        .onSuccess(
            html ->
                request
                    .response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    .end(html));
  }

  private String head(RoutingContext request, MatchView match) {
    String title = title(match);
    StringBuilder head = new StringBuilder("<title>%s</title>".formatted(escaped(title)));
    add(head, "og:site_name", "Tabula");
    add(head, "og:type", "website");
    add(head, "og:title", title);
    add(head, "og:description", description(match));
    origin(request)
        .ifPresent(
            origin -> {
              add(head, "og:url", "%s/match/%s".formatted(origin, match.id()));
              add(
                  head,
                  "og:image",
                  "%s/api/v1/matches/%s/picture.png?shape=card&ply=%d"
                      .formatted(origin, match.id(), match.ply()));
              add(head, "og:image:width", "1200");
              add(head, "og:image:height", "630");
              add(head, "og:image:alt", "The board after %d moves".formatted(match.ply()));
              head.append("<meta name=\"twitter:card\" content=\"summary_large_image\" />");
            });
    return head.toString();
  }

  /**
   * Where the server is for whoever asks, if what the request says of that can be in an address.
   */
  private Optional<String> origin(RoutingContext request) {
    return Optional.ofNullable(outside.host(request.request()))
        .filter(host -> HOST.matcher(host).matches())
        .map(host -> (outside.isSecure(request.request()) ? "https://" : "http://") + host);
  }

  private static void add(StringBuilder head, String property, String content) {
    head.append("<meta property=\"%s\" content=\"%s\" />".formatted(property, escaped(content)));
  }

  private static String title(MatchView match) {
    String game = Games.get(match.game()).title();
    String first = name(match, "first");
    String second = name(match, "second");
    if (first.isEmpty() || second.isEmpty()) {
      return "%s: play against %s".formatted(game, first.isEmpty() ? second : first);
    }
    return "%s: %s – %s".formatted(game, first, second);
  }

  private static String name(MatchView match, String side) {
    Seat seat = match.seats().get(side);
    return seat == null ? "" : seat.written();
  }

  private static String description(MatchView match) {
    return switch (match.outcome()) {
      case "first", "second" ->
          "%s won after %d moves.".formatted(name(match, match.outcome()), match.ply());
      case "draw" -> "A draw after %d moves.".formatted(match.ply());
      case "aborted" -> "Called off.";
      default ->
          match.ply() == 0 ? "It has not begun yet." : "%d moves were made.".formatted(match.ply());
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

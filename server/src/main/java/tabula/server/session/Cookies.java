package tabula.server.session;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.server.account.Account;
import tabula.server.account.Secrets;

/**
 * The cookie by which a browser is known again: an id and a time, sealed by the server's key, so
 * that nobody else can make or change one.
 */
final class Cookies {

  static final String NAME = "tabula";
  private static final Duration LIFE = Duration.ofDays(60);
  private static final Pattern FORM =
      Pattern.compile(
          "((guest|account)\\.([A-Za-z0-9_-]{1,40})\\.(\\d{1,9})\\.(\\d{1,12}))\\.([\\w-]{43})");

  /**
   * What a cookie says.
   *
   * @param epoch of an account: the one that its sign-ins must have
   */
  record Content(String id, boolean isGuest, int epoch) {}

  private final String key;
  private final Outside outside;

  Cookies(String key, Outside outside) {
    this.key = key;
    this.outside = outside;
  }

  /** What the request's cookie says, if the server sealed it, and not too long ago. */
  Optional<Content> read(HttpServerRequest request) {
    @Nullable Cookie cookie = request.getCookie(NAME);
    if (cookie == null) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(cookie.getValue());
    if (!parts.matches() || !Secrets.same(Secrets.seal(parts.group(1), key), parts.group(6))) {
      return Optional.empty();
    }
    long age = System.currentTimeMillis() / 1000 - Long.parseLong(parts.group(5));
    return age > LIFE.toSeconds()
        ? Optional.empty()
        : Optional.of(
            new Content(
                parts.group(3), parts.group(2).equals("guest"), Integer.parseInt(parts.group(4))));
  }

  /** Makes a guest known again. */
  void giveGuest(HttpServerRequest request, String id) {
    give(request, "guest.%s.0".formatted(id));
  }

  /** Signs an account in. */
  void giveAccount(HttpServerRequest request, Account account) {
    give(request, "account.%s.%d".formatted(account.id(), account.signInEpoch()));
  }

  private void give(HttpServerRequest request, String who) {
    String text = "%s.%d".formatted(who, System.currentTimeMillis() / 1000);
    request
        .response()
        .addCookie(
            Cookie.cookie(NAME, text + "." + Secrets.seal(text, key))
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(outside.isSecure(request))
                .setMaxAge(LIFE.toSeconds()));
  }
}

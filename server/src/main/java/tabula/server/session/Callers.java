package tabula.server.session;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tabula.server.account.Account;
import tabula.server.match.Refusal;
import tabula.server.session.HttpApi.RefusedException;

/** Finds out who makes a request: by its token or, where a page of ours asks, by its cookie. */
final class Callers {

  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/=-]{1,200}) *", Pattern.CASE_INSENSITIVE);

  private final Accounts accounts;
  private final Cookies cookies;
  private final Outside outside;

  Callers(Accounts accounts, Cookies cookies, Outside outside) {
    this.accounts = accounts;
    this.cookies = cookies;
    this.outside = outside;
  }

  Cookies cookies() {
    return cookies;
  }

  Outside outside() {
    return outside;
  }

  /** Whether a request says who makes it. */
  boolean saysWho(HttpServerRequest request) {
    return request.getHeader("Authorization") != null || countingCookie(request).isPresent();
  }

  /**
   * Who makes a request.
   *
   * @return fails with a refusal if it brings a token that is not good; a cookie that is not good
   *     is none
   */
  Future<Caller> of(HttpServerRequest request) {
    @Nullable String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      Matcher bearer = BEARER.matcher(authorization);
      return bearer.matches() ? byToken(bearer.group(1)) : Future.failedFuture(badToken());
    }
    Optional<Cookies.Content> cookie = countingCookie(request);
    if (cookie.isEmpty()) {
      return Future.succeededFuture(Caller.Guest.STRANGER);
    }
    Cookies.Content content = cookie.get();
    return content.isGuest()
        ? Future.succeededFuture(new Caller.Guest(content.id()))
        : accounts
            .signedIn(content)
            .map(
                (Optional<Account> found) ->
                    found.isPresent() ? new Caller.SignedIn(found.get()) : Caller.Guest.STRANGER);
  }

  private Future<Caller> byToken(String token) {
    return accounts.byToken(token).map(Callers::orRefuse);
  }

  /** Whoever was found by a token; refuses if nobody was. */
  static Caller orRefuse(Optional<Caller.Program> found) {
    return found.orElseThrow(Callers::badToken);
  }

  private static RefusedException badToken() {
    return new RefusedException(
        401, Refusal.UNAUTHENTICATED, "There is no such token, or it was revoked.");
  }

  /**
   * Browsers send cookies along whichever page asks. So a cookie counts, where something is changed
   * or a socket opened, only if the browser says that a page of ours asks.
   */
  private Optional<Cookies.Content> countingCookie(HttpServerRequest request) {
    boolean onlyReads =
        (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()))
            && request.getHeader("Upgrade") == null;
    boolean counts =
        onlyReads ? !outside.isFromAnotherSite(request) : outside.isFromOwnPage(request);
    return counts ? cookies.read(request) : Optional.empty();
  }
}

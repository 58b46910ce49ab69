package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.AccountNames;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;
import tabula.server.match.Refusal;
import tabula.server.session.HttpApi.RefusedException;

/**
 * Accounts over HTTP: claiming a name, signing in and out, and one's bots and tokens. Tokens are
 * for playing: what changes an account needs a person who is signed in on the page.
 */
final class AccountApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Accounts accounts;
  private final Callers callers;
  private final SignInLimits limits = new SignInLimits();

  AccountApi(Accounts accounts, Callers callers) {
    this.accounts = accounts;
    this.callers = callers;
  }

  /** Refuses what a page of another site would have a browser do. Comes before all other routes. */
  void guard(Router router) {
    router
        .route("/api/*")
        .handler(
            request -> {
              HttpMethod method = request.request().method();
              boolean changes = !HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method);
              if (changes && callers.outside().isFromAnotherSite(request.request())) {
                HttpApi.refuse(
                    request, Refusal.FORBIDDEN, "A page of another site may not do this.");
              } else {
                request.next();
              }
            });
  }

  void addTo(Router router) {
    String account = "/api/v1/account";
    router.get(account).handler(request -> HttpApi.answer(request, 200, () -> who(request)));
    router.post(account).handler(request -> HttpApi.answer(request, 201, () -> claim(request)));
    router
        .post(account + "/sign-in")
        .handler(request -> HttpApi.answer(request, 200, () -> signIn(request)));
    router
        .post(account + "/sign-out")
        .handler(request -> HttpApi.answer(request, 200, () -> signOut(request)));
    router
        .post(account + "/password")
        .handler(request -> HttpApi.answer(request, 200, () -> changePassword(request)));
    router
        .get(account + "/bots")
        .handler(request -> HttpApi.answer(request, 200, () -> bots(request)));
    router
        .post(account + "/bots")
        .handler(request -> HttpApi.answer(request, 201, () -> createBot(request)));
    router
        .get(account + "/bots/:id/errors")
        .handler(request -> HttpApi.answer(request, 200, () -> botErrors(request)));
    router
        .get(account + "/tokens")
        .handler(request -> HttpApi.answer(request, 200, () -> tokens(request)));
    router
        .post(account + "/tokens")
        .handler(request -> HttpApi.answer(request, 201, () -> createToken(request)));
    router
        .delete(account + "/tokens/:id")
        .handler(request -> HttpApi.answer(request, 200, () -> revoke(request)));
    new PasskeyApi(this, accounts).addTo(router);
  }

  private Future<ObjectNode> who(RoutingContext request) {
    return callers
        .of(request.request())
        .map(
            caller -> {
              switch (caller) {
                case Caller.Guest(String id) -> {
                  // Another site's page must not sign its visitor out here.
                  if (!callers.outside().isFromAnotherSite(request.request())) {
                    callers
                        .cookies()
                        .giveGuest(request.request(), id == null ? Secrets.newId() : id);
                  }
                }
                case Caller.SignedIn(Account holder) ->
                    callers.cookies().giveAccount(request.request(), holder);
                case Caller.Program program -> {}
              }
              return answer(caller.account());
            });
  }

  private static ObjectNode answer(Optional<Account> account) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("account", account.<JsonNode>map(AccountApi::json).orElse(JSON.nullNode()));
    return answer;
  }

  private static ObjectNode json(Account account) {
    return JSON.createObjectNode()
        .put("id", account.id())
        .put("kind", account.kind().code())
        .put("name", account.name())
        .put("administers", account.administers())
        .put("createdAt", account.createdAt());
  }

  private static ObjectNode json(AccessToken token) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", token.id())
            .put("account", token.account())
            .put("label", token.label())
            .put("createdAt", token.createdAt())
            .put("lastUsedAt", token.lastUsedAt());
    ArrayNode scopes = json.putArray("scopes");
    token.scopes().forEach(scope -> scopes.add(scope.code()));
    return json;
  }

  /** Whoever asks, where a browser says that a page of ours does. */
  Future<Caller> onOwnPage(RoutingContext request) {
    if (!callers.outside().isFromOwnPage(request.request())) {
      throw new RefusedException(
          403,
          Refusal.FORBIDDEN,
          "Only this server's page does this: the request lacks its Origin.");
    }
    return callers.of(request.request());
  }

  /** Does something for the person who is signed in. */
  <T> Future<T> signedIn(Future<Caller> caller, Function<Account, Future<T>> act) {
    return caller.compose(
        known ->
            switch (known) {
              case Caller.SignedIn(Account holder) -> act.apply(holder);
              case Caller.Program program ->
                  throw new RefusedException(
                      403, Refusal.FORBIDDEN, "A token does not give this right: sign in.");
              case Caller.Guest guest ->
                  throw new RefusedException(401, Refusal.UNAUTHENTICATED, "Sign in first.");
            });
  }

  private static void limit(long millis) {
    if (millis > 0) {
      throw new RefusedException(
          429, Refusal.RATE_LIMITED, "Too many tries. Wait a little.", millis);
    }
  }

  private Future<ObjectNode> claim(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "claimAccount");
    return onOwnPage(request)
        .compose(
            caller -> {
              if (!(caller instanceof Caller.Guest(String guest))) {
                throw new RefusedException(409, Refusal.FORBIDDEN, "You have an account already.");
              }
              countClaim(request);
              return accounts.claim(
                  guest, body.path("name").asText(), body.path("password").asText());
            })
        .map(account -> givenCookie(request, account));
  }

  void countClaim(RoutingContext request) {
    limit(limits.claim(callers.outside().address(request.request())));
  }

  ObjectNode givenCookie(RoutingContext request, Account account) {
    callers.cookies().giveAccount(request.request(), account);
    return answer(Optional.of(account));
  }

  private Future<ObjectNode> signIn(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "signIn");
    String name = body.path("name").asText();
    return onOwnPage(request)
        .compose(caller -> tried(request, name, body.path("password").asText()))
        .map(account -> givenCookie(request, account));
  }

  private Future<Account> tried(RoutingContext request, String name, String password) {
    countTry(request, name);
    return accounts.signIn(name, password);
  }

  void countTry(RoutingContext request, String name) {
    limit(limits.trySignIn(AccountNames.fold(name), callers.outside().address(request.request())));
  }

  private Future<ObjectNode> signOut(RoutingContext request) {
    return onOwnPage(request)
        .map(
            caller -> {
              callers.cookies().giveGuest(request.request(), Secrets.newId());
              return answer(Optional.empty());
            });
  }

  private Future<ObjectNode> changePassword(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "changePassword");
    return signedIn(
            onOwnPage(request),
            holder -> {
              countTry(request, holder.name());
              return accounts.changePassword(
                  holder, body.path("current").asText(), body.path("password").asText());
            })
        .map(account -> givenCookie(request, account));
  }

  private Future<ObjectNode> bots(RoutingContext request) {
    return signedIn(callers.of(request.request()), accounts::botsOf)
        .map(
            bots -> {
              ObjectNode answer = JSON.createObjectNode();
              ArrayNode list = answer.putArray("bots");
              bots.forEach(bot -> list.add(json(bot)));
              return answer;
            });
  }

  private Future<ObjectNode> createBot(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "createBot");
    return signedIn(
            onOwnPage(request), holder -> accounts.createBot(holder, body.path("name").asText()))
        .map(bot -> JSON.createObjectNode().set("bot", json(bot)));
  }

  private Future<ObjectNode> botErrors(RoutingContext request) {
    return signedIn(
            callers.of(request.request()),
            holder -> accounts.ownOrBot(holder, String.valueOf(request.pathParam("id"))))
        .map(
            bot -> {
              ObjectNode answer = JSON.createObjectNode();
              ArrayNode list = answer.putArray("errors");
              for (BotErrors.BotError error : accounts.botErrors().of(bot.id())) {
                ObjectNode node =
                    list.addObject()
                        .put("at", error.at())
                        .put("code", error.code())
                        .put("message", error.message());
                if (error.matchId() != null) {
                  node.put("matchId", error.matchId());
                }
              }
              return answer;
            });
  }

  /** All of them: the person's own, and those of the person's bots. */
  private Future<ObjectNode> tokens(RoutingContext request) {
    return signedIn(
        callers.of(request.request()),
        holder ->
            accounts
                .botsOf(holder)
                .compose(
                    bots -> {
                      List<Future<List<AccessToken>>> lists = new ArrayList<>();
                      lists.add(accounts.tokensOf(holder));
                      bots.forEach(bot -> lists.add(accounts.tokensOf(bot)));
                      return Future.all(lists)
                          .map(
                              all -> {
                                ObjectNode answer = JSON.createObjectNode();
                                ArrayNode tokens = answer.putArray("tokens");
                                lists.forEach(
                                    list ->
                                        list.result().forEach(token -> tokens.add(json(token))));
                                return answer;
                              });
                    }));
  }

  private Future<ObjectNode> createToken(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "createToken");
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    body.path("scopes").forEach(scope -> Scope.find(scope.asText()).ifPresent(scopes::add));
    return signedIn(
            onOwnPage(request),
            holder ->
                accounts
                    .ownOrBot(holder, body.path("account").asText())
                    .compose(
                        account ->
                            accounts.createToken(account, body.path("label").asText(), scopes)))
        .map(
            made -> {
              ObjectNode answer = JSON.createObjectNode();
              answer.set("token", json(made.token()));
              return answer.put("secret", made.secret());
            });
  }

  private Future<ObjectNode> revoke(RoutingContext request) {
    @Nullable String id = request.pathParam("id");
    return signedIn(
            onOwnPage(request), holder -> accounts.revoke(holder, String.valueOf(id)).mapEmpty())
        .map(revoked -> JSON.createObjectNode());
  }
}

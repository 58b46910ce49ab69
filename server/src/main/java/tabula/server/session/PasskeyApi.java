package tabula.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tabula.server.account.Account;
import tabula.server.account.PasskeyRules;
import tabula.server.account.Secrets;
import tabula.server.match.Refusal;
import tabula.server.session.HttpApi.RefusedException;

/** Passkeys over HTTP: claiming a name with one, signing in, and adding one to an account. */
final class PasskeyApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHALLENGES = 10_000;
  private static final long CHALLENGE_MILLIS = 5 * 60_000;

  private final AccountApi api;
  private final Accounts accounts;
  private final PasskeyRules rules = new PasskeyRules();

  /** Each is good for one answer, for a few minutes: until when, in milliseconds since 1970. */
  private final Map<String, Long> challenges = new LinkedHashMap<>();

  PasskeyApi(AccountApi api, Accounts accounts) {
    this.api = api;
    this.accounts = accounts;
  }

  void addTo(Router router) {
    String passkey = "/api/v1/account/passkey";
    router
        .post(passkey + "/challenge")
        .handler(request -> HttpApi.answer(request, 200, () -> challenge(request)));
    router.post(passkey).handler(request -> HttpApi.answer(request, 201, () -> claim(request)));
    router
        .post(passkey + "/sign-in")
        .handler(request -> HttpApi.answer(request, 200, () -> signIn(request)));
    router
        .post(passkey + "/add")
        .handler(request -> HttpApi.answer(request, 200, () -> add(request)));
  }

  private Future<ObjectNode> challenge(RoutingContext request) {
    return api.onOwnPage(request)
        .map(
            caller -> {
              String challenge = Secrets.newToken();
              challenges.put(challenge, System.currentTimeMillis() + CHALLENGE_MILLIS);
              if (challenges.size() > MOST_CHALLENGES) {
                challenges.remove(challenges.keySet().iterator().next());
              }
              return JSON.createObjectNode()
                  .put("challenge", challenge)
                  .put("userId", caller.account().map(Account::id).orElseGet(Secrets::newId));
            });
  }

  /** The challenge that an answer is to, which is used up by it. */
  private String taken(Optional<String> challenge) {
    Long until = challenge.map(challenges::remove).orElse(null);
    if (until == null || until < System.currentTimeMillis()) {
      throw new RefusedException(
          401, Refusal.UNAUTHENTICATED, "The challenge is not known, or too old. Try again.");
    }
    return challenge.orElseThrow();
  }

  private static String origin(RoutingContext request) {
    return String.valueOf(request.request().getHeader("Origin"));
  }

  /** The key that a browser made for this server's page. */
  private Future<PasskeyRules.Made> made(RoutingContext request, JsonNode body) {
    String response = body.path("credential").toString();
    String challenge = taken(rules.challenge(response, true));
    return accounts
        .aside(() -> rules.made(response, origin(request), challenge))
        .map(
            made ->
                made.orElseThrow(
                    () -> HttpApi.malformed("The passkey is not what was asked for.")));
  }

  private Future<ObjectNode> claim(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "claimByPasskey");
    return api.onOwnPage(request)
        .compose(
            caller -> {
              if (!(caller instanceof Caller.Guest)) {
                throw new RefusedException(409, Refusal.FORBIDDEN, "You have an account already.");
              }
              api.countClaim(request);
              return made(request, body);
            })
        .compose(made -> accounts.claim(body.path("name").asText(), made))
        .map(account -> api.givenCookie(request, account));
  }

  private Future<ObjectNode> signIn(RoutingContext request) {
    String response = HttpApi.body(request, "passkeyAnswer").path("credential").toString();
    return api.onOwnPage(request)
        .compose(
            caller -> {
              String challenge = taken(rules.challenge(response, false));
              String key = rules.usedKey(response).orElse("");
              api.countTry(request, key);
              return accounts.signIn(
                  key, passkey -> rules.used(passkey, response, origin(request), challenge));
            })
        .map(account -> api.givenCookie(request, account));
  }

  private Future<ObjectNode> add(RoutingContext request) {
    JsonNode body = HttpApi.body(request, "passkeyAnswer");
    return api.signedIn(
            api.onOwnPage(request),
            holder -> made(request, body).compose(made -> accounts.addPasskey(holder, made)))
        .map(added -> JSON.createObjectNode());
  }
}

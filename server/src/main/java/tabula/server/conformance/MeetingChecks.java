package tabula.server.conformance;

import static tabula.server.conformance.ServerProbe.BOT;
import static tabula.server.conformance.ServerProbe.code;
import static tabula.server.conformance.ServerProbe.frame;
import static tabula.server.conformance.ServerProbe.move;
import static tabula.server.conformance.ServerProbe.require;
import static tabula.server.conformance.ServerProbe.seated;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tabula.server.conformance.ServerProbe.Answer;
import tabula.server.conformance.ServerProbe.BrokenException;
import tabula.server.conformance.ServerProbe.Client;
import tabula.server.conformance.ServerProbe.Table;
import tabula.server.protocol.Contract.Part;

/** The promises about time, about who meets whom, and about who somebody is. */
final class MeetingChecks {

  /** Long enough that a slow network does not decide. */
  private static final String LONG_CLOCKS = clocks(600_000);

  private static final String SHORT_CLOCKS = clocks(1_000);

  private final ServerProbe probe;

  MeetingChecks(ServerProbe probe) {
    this.probe = probe;
  }

  /** The checks by their names. */
  Map<String, ServerChecks.Check> all() {
    Map<String, ServerChecks.Check> checks = new LinkedHashMap<>();
    checks.put("time.clocks", this::clocksAreShown);
    checks.put("time.flag", this::timeThatIsUpLoses);
    checks.put("meeting.challenge", this::challengeBecomesAMatch);
    checks.put("meeting.declined", this::challengeIsDeclined);
    checks.put("meeting.wishes", this::wishesAreKept);
    checks.put("quotas.answer", this::quotasAreShown);
    checks.put("accounts.token", this::unknownTokenIsRefused);
    checks.put("accounts.guarded", this::accountsAreForThePageAlone);
    return checks;
  }

  private static String clocks(int initialMillis) {
    return ",\"timeControl\":{\"kind\":\"bank\",\"initialMs\":%d,\"incrementMs\":1000}"
        .formatted(initialMillis);
  }

  private String clocksAreShown() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT, LONG_CLOCKS);
    try (Client first = seated(probe.client(), table, true);
        Client second = seated(probe.client(), table, false)) {
      for (int ply = 0; ply < 3; ply++) {
        (ply % 2 == 0 ? first : second).ask(move(table.id(), ply, "4"), "moveAccepted");
      }
      JsonNode clocks = first.await("matchState").path("data").path("clocks");
      while (clocks.path("running").isNull() || clocks.path("running").isMissingNode()) {
        clocks = first.await("matchState").path("data").path("clocks");
      }
      require(
          clocks.path("first").asLong() > 0 && clocks.path("second").asLong() > 0,
          "matchState does not say what the clocks show: %s",
          clocks);
      JsonNode pong = first.ask("{\"type\":\"ping\"}", "pong");
      require(
          pong.path("data").path("clocks").has(table.id()),
          "pong does not carry the clocks of a match that is played: %s",
          pong);
      return "states and pongs carry the clocks, and after both first moves one runs";
    }
  }

  private String timeThatIsUpLoses() throws IOException, InterruptedException, BrokenException {
    Table table = probe.newMatch(BOT, SHORT_CLOCKS);
    try (Client first = seated(probe.client(), table, true);
        Client second = seated(probe.client(), table, false)) {
      first.ask(move(table.id(), 0, "4"), "moveAccepted");
      second.ask(move(table.id(), 1, "4"), "moveAccepted");
      JsonNode ended = second.await("matchEnded").path("data");
      require(
          ended.path("reason").asText().equals("time")
              && ended.path("outcome").asText().equals("second"),
          "The first player's time is up, and the match ends so: %s",
          ended);
      return "whose time is up has lost, unasked";
    }
  }

  private static String challenge(String to, String more) {
    return "{\"type\":\"challenge\",\"id\":\"c\",\"data\":{\"as\":%s,\"game\":\"connect-four\",\"to\":\"%s\"%s}}"
        .formatted(BOT, to, more);
  }

  /** Says what a client would like to play; gives the id by which others find it. */
  private String available(Client client, String wishes)
      throws IOException, InterruptedException, BrokenException {
    String name = "conformance-" + Integer.toHexString(client.sessionId().hashCode());
    client.ask(
        "{\"type\":\"availability\",\"id\":\"a\",\"data\":{\"as\":{\"kind\":\"bot\",\"name\":\"%s\"},\"games\":[\"connect-four\"],\"paired\":false%s}}"
            .formatted(name, wishes),
        "accepted");
    for (JsonNode there : probe.http("/api/v1/available", null).body().path("available")) {
      if (there.path("seat").path("name").asText().equals(name)) {
        return there.path("id").asText();
      }
    }
    throw new BrokenException("Who said availability is not listed in /api/v1/available.");
  }

  private String challengeBecomesAMatch()
      throws IOException, InterruptedException, BrokenException {
    try (Client asker = probe.client();
        Client asked = probe.client()) {
      String to = available(asked, "");
      String id =
          asker.ask(challenge(to, ",\"side\":\"second\""), "challenge").path("matchId").asText();
      require(
          asked.await("challenge").path("matchId").asText().equals(id),
          "The challenged side hears of another challenge.");
      asked.wire.text(frame("acceptChallenge", id, "{\"as\":" + BOT + "}"));
      for (Client client : new Client[] {asker, asked}) {
        JsonNode joined = client.await("joined");
        require(
            joined.path("matchId").asText().equals(id),
            "The match has another id than its challenge: %s",
            joined);
        String side = client == asker ? "second" : "first";
        require(
            joined.path("data").path("side").asText().equals(side),
            "The challenger asked for the second side: %s",
            joined);
      }
      asked.ask(move(id, 0, "4"), "moveAccepted");
      return "accepted, it is a match of its id, and both are seated as was asked";
    }
  }

  private String challengeIsDeclined() throws IOException, InterruptedException, BrokenException {
    try (Client asker = probe.client();
        Client asked = probe.client()) {
      String id =
          asker.ask(challenge(available(asked, ""), ""), "challenge").path("matchId").asText();
      asked.await("challenge");
      asked.ask(frame("declineChallenge", id, "{\"reason\":\"later\"}"), "accepted");
      JsonNode ended = asker.await("challengeEnded").path("data");
      require(
          ended.path("end").asText().equals("declined")
              && ended.path("reason").asText().equals("later"),
          "A challenge that was declined ends so: %s",
          ended);
      return "the challenger hears that it was declined, and why";
    }
  }

  private String wishesAreKept() throws IOException, InterruptedException, BrokenException {
    try (Client asker = probe.client();
        Client asked = probe.client()) {
      String to = available(asked, ",\"opponents\":[\"person\"]");
      String found = code(asker.refusal(challenge(to, "")));
      require(found.equals("not_wished"), "A bot may challenge who wants people alone: %s", found);
      to = available(asked, "");
      found = code(asker.refusal(challenge(to, clocks(60_000))));
      require(found.equals("not_wished"), "Clocks nobody wishes for are no reason: %s", found);
      found = code(asker.refusal(challenge(to, ",\"rated\":true")));
      require(found.equals("not_wished"), "A rated match is possible without accounts: %s", found);
      return "what was not wished for is refused, and not passed on";
    }
  }

  private String quotasAreShown() throws IOException, InterruptedException, BrokenException {
    Answer answer = probe.http("/api/v1/quota", null);
    require(answer.status() == 200, "/api/v1/quota answers %d.", answer.status());
    Optional<String> problem = probe.contract.problem(Part.HTTP, "quotaList", answer.body());
    require(problem.isEmpty(), "/api/v1/quota: %s", problem.orElse(""));
    return "%d quotas are shown".formatted(answer.body().path("quotas").size());
  }

  private String unknownTokenIsRefused() throws IOException, BrokenException {
    try (Client client = probe.client()) {
      JsonNode refused =
          client.refusal(
              "{\"type\":\"authenticate\",\"id\":\"t\",\"data\":{\"token\":\"tabula_guessed\"}}");
      require(
          code(refused).equals("unauthenticated"), "A guessed token is refused so: %s", refused);
      client.ask("{\"type\":\"ping\"}", "pong");
      return "a guessed token is refused as unauthenticated, and the connection stays";
    }
  }

  private String accountsAreForThePageAlone()
      throws IOException, InterruptedException, BrokenException {
    for (String path : new String[] {"/api/v1/account", "/api/v1/account/sign-in"}) {
      Answer answer =
          probe.http(path, "{\"name\":\"conformance\",\"password\":\"no page asks for this\"}");
      require(
          answer.status() == 403 && answer.body().at("/error/code").asText().equals("forbidden"),
          "%s without an Origin answers %d.",
          path,
          answer.status());
    }
    return "without its page's Origin nobody claims a name or signs in";
  }
}

package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.ServerConfig;
import tabula.server.SessionLimits;
import tabula.server.TabulaServer;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;
import tabula.server.run.RunLimits;
import tabula.server.store.AccountStore;
import tabula.server.store.DatabaseConfig;

/** A server that is killed in the middle of a run, by the command line from begin to end. */
class RunsAcrossRestartsTests {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path data = Path.of("");

  private String token() throws Exception {
    String secret = Secrets.newToken();
    try (AccountStore accounts = AccountStore.openBeside(new DatabaseConfig(data, null))) {
      Account ada = Account.person("ada-1", "Ada", false, System.currentTimeMillis());
      accounts.create(ada, null).get();
      accounts
          .add(
              new AccessToken("token-1", ada.id(), "test", Set.of(Scope.RUN_WRITE), 1, null, null),
              Secrets.hash(secret))
          .get();
    }
    return secret;
  }

  private static JsonNode runs(String server, String token, String... arguments) throws Exception {
    String[] line = new String[arguments.length + 4];
    line[0] = "runs";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    line[arguments.length + 1] = "--server=" + server;
    line[arguments.length + 2] = "--token=" + token;
    line[arguments.length + 3] = "--json";
    Ran ran = Ran.run(line);
    assertEquals(0, ran.code(), ran.err());
    return JSON.readTree(ran.out());
  }

  private static JsonNode await(String server, String id, Predicate<JsonNode> condition)
      throws Exception {
    while (true) {
      JsonNode run = runs(server, "", "show", id).path("run");
      if (condition.test(run)) {
        return run;
      }
      assertTrue(!run.path("state").asText().equals("failed"), run::toString);
      Thread.sleep(100);
    }
  }

  private static long step(JsonNode run) {
    return run.at("/progress/step").asLong();
  }

  private ServerConfig config() {
    return new ServerConfig(
        "127.0.0.1",
        0,
        new DatabaseConfig(data, null),
        Map.of(),
        SessionLimits.USUAL,
        List.of(),
        false,
        false,
        RunLimits.USUAL.nice(0));
  }

  @Test
  void kill_ofTheServer_thenAnother_goesOnWithTheRun() throws Exception {
    String token = token();
    String id;
    long stepBefore;
    try (ServerProcess killed =
        new ServerProcess(
            List.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of("--data", data.toString(), "--run-threads", "1", "--run-nice", "0"),
            ProcessBuilder.Redirect.INHERIT)) {
      id =
          runs(
                  killed.address(),
                  token,
                  "create",
                  "tic-tac-toe",
                  "--preset=tiny",
                  "--minutes=3",
                  "--set=network=residual:8x1",
                  "--set=gateSeconds=600",
                  "--set=firstExamples=200")
              .at("/run/id")
              .asText();
      stepBefore = step(await(killed.address(), id, run -> step(run) > 0));
      killed.handle().destroyForcibly();
    }
    try (TabulaServer next = TabulaServer.start(config())) {
      long least = stepBefore;
      await(next.address(), id, run -> step(run) > least && run.path("lines").asInt() > 2);
      runs(next.address(), token, "pause", id.substring(0, 6));
      await(next.address(), id, run -> run.path("state").asText().equals("paused"));
      assertEquals(1, runs(next.address(), "", "list").path("runs").size());
    }
    double seconds = 0;
    long step = 0;
    for (String line :
        Files.readAllLines(data.resolve("runs").resolve(id).resolve("metrics.jsonl"))) {
      JsonNode json = JSON.readTree(line);
      assertTrue(json.path("seconds").asDouble() >= seconds, line);
      assertTrue(json.path("seconds").asDouble() <= seconds + 60, line);
      // Until the learner's first report after a start a line has no step.
      assertTrue(json.path("step").asLong(step) >= step, line);
      seconds = json.path("seconds").asDouble();
      step = json.path("step").asLong(step);
    }
    assertTrue(step > stepBefore);
  }
}

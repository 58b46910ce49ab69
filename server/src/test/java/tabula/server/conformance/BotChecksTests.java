package tabula.server.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.conformance.Finding.Verdict;

/** The starter bots keep the protocol, and a bot that does not is told where. */
class BotChecksTests {

  private static final Path PYTHON = Bots.FOLDER.resolve("python");

  @TempDir private Path folder = Path.of("");

  /** A bot that keeps its promises never has to be waited for so long. */
  private static final BotChecks.Pace PATIENT = new BotChecks.Pace(2_000, 60_000);

  /** One with a fault is: whatever else it is found to do does not matter. */
  private static final BotChecks.Pace BRISK = new BotChecks.Pace(2_000, 12_000);

  private static List<Finding> check(List<String> commandLine, BotChecks.Pace pace)
      throws Exception {
    List<Finding> findings = new ArrayList<>();
    new BotChecks(commandLine, pace, findings::add, new PrintWriter(Writer.nullWriter())).run();
    return findings;
  }

  /** Bots mostly wait: so they are checked side by side. */
  private static Map<String, List<Finding>> checkAll(
      Map<String, List<String>> bots, BotChecks.Pace pace) throws Exception {
    Map<String, List<Finding>> findings = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<List<Finding>>> running = new TreeMap<>();
      bots.forEach(
          (name, line) ->
              running.put(name, threads.submit((Callable<List<Finding>>) () -> check(line, pace))));
      for (Map.Entry<String, Future<List<Finding>>> each : running.entrySet()) {
        findings.put(each.getKey(), each.getValue().get());
      }
    }
    return findings;
  }

  @Test
  void starterBots_keepEveryPromise() throws Exception {
    Map<String, List<String>> bots = new TreeMap<>();
    Bots.available()
        .forEach(
            (name, line) -> {
              List<String> withAddress = new ArrayList<>(line);
              withAddress.add("{url}");
              bots.put(name, withAddress);
            });
    checkAll(bots, PATIENT)
        .forEach(
            (name, findings) -> {
              assertTrue(findings.size() > 15, () -> name + findings);
              for (Finding finding : findings) {
                assertEquals(Verdict.KEPT, finding.verdict(), () -> name + ": " + finding);
              }
            });
  }

  /** A fault, as a change to the starter bot in Python, and the checks that must find it. */
  private record Fault(List<String> checks, String... replacements) {}

  private static final Map<String, Fault> FAULTS =
      Map.of(
          "joinsInPlaceOfResuming",
          new Fault(List.of("resumes.lost-answer"), "if self.session:", "if False:"),
          "countsWrong",
          new Fault(
              List.of("resumes.lost-answer"),
              "\"lastSeq\": self.last_seq",
              "\"lastSeq\": self.last_seq + 99"),
          "forgetsItsToken_andIsStrict",
          new Fault(
              List.of("draining", "resumes.new-server", "refused.retries", "frames.schema"),
              "{self.match_id: self.token} if self.token else {}",
              "{}",
              "time.sleep(data.get(\"retryAfterMs\", 1000) / 1000)",
              "pass",
              "self.send(\"pong\", {})",
              "self.send(\"still there\", {})"),
          "storms",
          new Fault(List.of("backs-off", "draining"), "time.sleep(wait)", "time.sleep(0.02)"),
          "changesItsMind",
          new Fault(
              List.of("resumes.lost-move", "moves.legal"),
              "if not self.move or self.move[0] != match[\"ply\"]:",
              "if True:",
              "return random.choice(match[\"legalMoves\"])",
              "choose.n = getattr(choose, 'n', 0) + 1; m = match[\"legalMoves\"]; return m[choose.n"
                  + " % len(m)]"),
          "knowsItsFieldsOnly",
          new Fault(
              List.of("joins"),
              "def hear(self, type, seq=0, data=None, **others):",
              "def hear(self, type, seq=0, data=None, ts=0, id=None, matchId=None, ply=0):"),
          "waitsForever_andEndsBadly",
          new Fault(
              List.of("alive.half-open", "ends.sigterm"),
              "self.socket.give_up_after(2.5 * data[\"heartbeatMs\"] / 1000)",
              "self.socket.give_up_after(None)",
              "sys.exit(143)",
              "sys.exit(7)"),
          "playsWhatItMayNot",
          new Fault(
              List.of("joins", "moves.legal"),
              "return random.choice(match[\"legalMoves\"])",
              "return \"9\""));

  private List<String> faulty(String name, Fault fault) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    Files.copy(PYTHON.resolve("websocket.py"), own.resolve("websocket.py"));
    String source = Files.readString(PYTHON.resolve("tabula_bot.py"));
    for (int i = 0; i < fault.replacements().length; i += 2) {
      assertTrue(source.contains(fault.replacements()[i]), fault.replacements()[i]);
      source = source.replace(fault.replacements()[i], fault.replacements()[i + 1]);
    }
    Path file = own.resolve("tabula_bot.py");
    Files.writeString(file, source);
    return List.of("python3", file.toString(), "{url}");
  }

  @Test
  void botWithAFault_isToldWhichPromiseItBreaks() throws Exception {
    Bots.assumePython();
    Map<String, List<String>> bots = new TreeMap<>();
    for (Map.Entry<String, Fault> fault : FAULTS.entrySet()) {
      bots.put(fault.getKey(), faulty(fault.getKey(), fault.getValue()));
    }
    checkAll(bots, BRISK)
        .forEach(
            (name, findings) -> {
              List<String> broken =
                  findings.stream().filter(Finding::isBroken).map(Finding::id).toList();
              Fault fault = FAULTS.get(name);
              assertTrue(
                  fault != null && broken.containsAll(fault.checks()),
                  () -> name + " is found out by " + broken + " alone: " + findings);
            });
  }
}

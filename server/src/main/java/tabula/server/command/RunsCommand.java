package tabula.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.server.UserError;

/** The training runs of a server: the same that its page shows. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "The training runs of a server: starts, watches, stops and compares them.",
    subcommands = {
      RunsCommand.ListCommand.class,
      RunsCommand.CreateCommand.class,
      RunsCommand.ForkCommand.class,
      RunsCommand.ShowCommand.class,
      RunsCommand.PauseCommand.class,
      RunsCommand.ResumeCommand.class,
      RunsCommand.StopCommand.class,
      RunsCommand.CompareCommand.class,
      RunsCommand.DownloadCommand.class,
      RunsCommand.PromoteCommand.class,
      RunsCommand.DeleteCommand.class
    },
    footer = {
      "",
      "Whoever starts or changes a run says who that is by a token with the scope run:write:",
      "  tabula admin account create ada",
      "  tabula admin token create ada --scope run:write",
      "  export TABULA_TOKEN=…",
      "An id may be shortened as long as it is the only one that begins so.",
      "",
      "Example: tabula runs create connect-four --preset quick --minutes 10"
    })
public final class RunsCommand {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Something done with the runs of a server. */
  abstract static class Action implements Callable<Integer> {

    @Option(
        names = "--server",
        defaultValue = "${env:TABULA_SERVER:-http://127.0.0.1:8080}",
        paramLabel = "URL",
        description = "The server's address (default: TABULA_SERVER, or http://127.0.0.1:8080).")
    private String server = "";

    @Option(
        names = "--token",
        defaultValue = "${env:TABULA_TOKEN}",
        paramLabel = "TOKEN",
        description = "Who asks (default: TABULA_TOKEN, where others do not see it).")
    private @Nullable String token;

    @Option(names = "--json", description = "Print the server's answer as one line of JSON.")
    private boolean json;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Does it; what is returned is printed by {@code --json}. */
    abstract JsonNode run(RunsClient runs) throws IOException;

    /** Says it to people. */
    abstract void tell(PrintWriter out, JsonNode answer);

    @Override
    public Integer call() throws IOException {
      JsonNode answer = run(new RunsClient(server, token));
      PrintWriter out = command.commandLine().getOut();
      if (json) {
        out.println(answer);
      } else {
        tell(out, answer);
      }
      out.flush();
      return 0;
    }
  }

  /** Something done with one run. */
  abstract static class OfOne extends Action {
    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    /** The address of the run. */
    String path(RunsClient runs) {
      return "/runs/" + runs.run(id).path("id").asText();
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      out.println(sentence(answer.path("run")));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All runs, the newest first.")
  static final class ListCommand extends Action {
    @Override
    JsonNode run(RunsClient runs) {
      return runs.get("/runs");
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of("run", "state", "game", "network", "minutes", "games", "steps", "owner", "name"));
      for (JsonNode run : answer.path("runs")) {
        JsonNode progress = run.path("progress");
        rows.add(
            List.of(
                run.path("id").asText(),
                state(run),
                run.path("game").asText(),
                run.path("config").path("network").asText(),
                "%.1f of %s"
                    .formatted(
                        progress.path("seconds").asDouble() / 60,
                        plain(run.path("minutes").asDouble())),
                "%,d".formatted(progress.path("games").asLong()),
                "%,d".formatted(progress.path("step").asLong()),
                run.path("owner").path("name").asText("a guest"),
                run.path("name").asText()));
      }
      out.print(
          rows.size() == 1
              ? "There are no runs: begin one by 'tabula runs create'.\n"
              : table(rows));
    }
  }

  /** What a new run is told. */
  private abstract static class New extends Action {
    @Option(names = "--name", paramLabel = "TEXT", description = "For people.")
    private @Nullable String name;

    @Option(
        names = "--minutes",
        paramLabel = "N",
        description = "How long it trains in all (default: as the preset says).")
    private @Nullable Double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
    private @Nullable Long seed;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "A JSON file with what differs; 'train --show-config' prints all there is.")
    private @Nullable Path config;

    @Option(
        names = "--set",
        paramLabel = "FIELD=VALUE",
        description = "A field of the configuration, such as network=residual:48x4.")
    private Map<String, String> fields = Map.of();

    ObjectNode body() throws IOException {
      ObjectNode body = JSON.createObjectNode();
      if (name != null) {
        body.put("name", name);
      }
      if (minutes != null) {
        body.put("minutes", minutes);
      }
      if (seed != null) {
        body.put("seed", seed);
      }
      ObjectNode all = config == null ? JSON.createObjectNode() : read(config);
      fields.forEach((field, value) -> all.set(field, value(value)));
      if (!all.isEmpty()) {
        body.set("config", all);
      }
      return body;
    }

    private static ObjectNode read(Path file) throws IOException {
      if (!Files.isRegularFile(file)) {
        throw new UserError("There is no file %s.".formatted(file));
      }
      try {
        if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
          return object;
        }
      } catch (JsonProcessingException e) {
        // Said below.
      }
      throw new UserError("%s holds no JSON object.".formatted(file));
    }

    /** A number, true, false, or a text. */
    private static JsonNode value(String text) {
      try {
        JsonNode value = JSON.readTree(text);
        if (value.isNumber() || value.isBoolean()) {
          return value;
        }
      } catch (JsonProcessingException e) {
        // A text.
      }
      return JSON.getNodeFactory().textNode(text);
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      out.println(sentence(answer.path("run")));
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Begins a run, or puts it into the queue.")
  static final class CreateCommand extends New {
    @Parameters(paramLabel = "GAME", description = "Such as connect-four.")
    private String game = "";

    @Option(names = "--preset", paramLabel = "NAME", description = "quick, strong or tiny.")
    private @Nullable String preset;

    @Override
    JsonNode run(RunsClient runs) throws IOException {
      ObjectNode body = body().put("game", game);
      if (preset != null) {
        body.put("preset", preset);
      }
      return runs.post("/runs", body);
    }
  }

  @Command(
      name = "fork",
      mixinStandardHelpOptions = true,
      description = "Begins a run with a checkpoint of another one, and its configuration.")
  static final class ForkCommand extends New {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "best",
        paramLabel = "CHECKPOINT",
        description = "Such as step-0001200 (default: ${DEFAULT-VALUE}).")
    private String checkpoint = "best";

    @Override
    JsonNode run(RunsClient runs) throws IOException {
      ObjectNode body = body();
      body.putObject("from")
          .put("run", runs.run(id).path("id").asText())
          .put("checkpoint", checkpoint);
      return runs.post("/runs", body);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "A run as it stands, with its checkpoints.")
  static final class ShowCommand extends OfOne {
    @Override
    JsonNode run(RunsClient runs) {
      String path = path(runs);
      ObjectNode answer = (ObjectNode) runs.get(path);
      answer.set("checkpoints", runs.get(path + "/checkpoints").path("checkpoints"));
      return answer;
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      JsonNode run = answer.path("run");
      out.println(sentence(run));
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("network", run.path("config").path("network").asText()));
      if (run.has("from")) {
        rows.add(
            List.of(
                "begun with",
                "%s of run %s"
                    .formatted(
                        run.path("from").path("checkpoint").asText(),
                        run.path("from").path("run").asText())));
      }
      rows.add(
          List.of(
              "created",
              DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                  .format(
                      Instant.ofEpochMilli(run.path("createdAt").asLong())
                          .atZone(ZoneId.systemDefault()))));
      run.path("progress")
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNumber()) {
                  rows.add(List.of(words(field.getKey()), figure(field.getValue())));
                }
              });
      out.print(table(rows));
      List<List<String>> checkpoints = new ArrayList<>();
      checkpoints.add(
          List.of("checkpoint", "minutes", "against best", "mcts:1000", "truth", "parent", ""));
      for (JsonNode checkpoint : answer.path("checkpoints")) {
        JsonNode measured = checkpoint.path("measured");
        checkpoints.add(
            List.of(
                checkpoint.path("name").asText(),
                "%.1f".formatted(measured.path("seconds").asDouble() / 60),
                percent(measured.path("scoreAgainstBest")),
                percent(measured.path("scoreAgainstMcts1000")),
                percent(measured.path("keepsValueByPolicyAlone")),
                checkpoint.path("parent").asText("—"),
                (measured.path("promoted").asBoolean() ? "best then " : "")
                    + (checkpoint.path("onLadder").asBoolean() ? "on the ladder" : "")));
      }
      if (checkpoints.size() > 1) {
        out.println();
        out.print(table(checkpoints));
      }
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Saves a run's state, and lets others train.")
  static final class PauseCommand extends OfOne {
    @Override
    JsonNode run(RunsClient runs) {
      return runs.post(path(runs) + "/pause", JSON.createObjectNode());
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on with a run that is paused, over or failed.")
  static final class ResumeCommand extends OfOne {
    @Option(
        names = "--minutes",
        paramLabel = "N",
        description = "How long it trains in all from now on (default: as before).")
    private @Nullable Double minutes;

    @Override
    JsonNode run(RunsClient runs) {
      ObjectNode body = JSON.createObjectNode();
      if (minutes != null) {
        body.put("minutes", minutes);
      }
      return runs.post(path(runs) + "/resume", body);
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Ends a run: its last network is measured.")
  static final class StopCommand extends OfOne {
    @Override
    JsonNode run(RunsClient runs) {
      return runs.post(path(runs) + "/stop", JSON.createObjectNode());
    }
  }

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description = "What several runs had come to after the same time.")
  static final class CompareCommand extends Action {
    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Their ids.")
    private List<String> ids = List.of();

    @Override
    JsonNode run(RunsClient runs) {
      ObjectNode answer = JSON.createObjectNode();
      ArrayNode compared = answer.putArray("runs");
      double common = Double.MAX_VALUE;
      Map<JsonNode, JsonNode> metrics = new LinkedHashMap<>();
      for (String id : ids) {
        JsonNode run = runs.run(id);
        metrics.put(
            run, runs.get("/runs/%s/metrics".formatted(run.path("id").asText())).path("series"));
        common = Math.min(common, run.path("progress").path("seconds").asDouble());
      }
      double until = common;
      answer.put("seconds", until);
      metrics.forEach(
          (run, series) -> {
            ObjectNode one = compared.addObject();
            one.set("id", run.path("id"));
            one.set("name", run.path("name"));
            one.set("network", run.path("config").path("network"));
            for (String kind : List.of("progress", "gate")) {
              lastUntil(series.path(kind), until, one);
            }
          });
      return answer;
    }

    /** The figures of the last line that is not later. */
    private static void lastUntil(JsonNode columns, double until, ObjectNode to) {
      int last = -1;
      for (JsonNode seconds : columns.path("seconds")) {
        if (seconds.asDouble() > until) {
          break;
        }
        last++;
      }
      int row = last;
      columns
          .properties()
          .forEach(
              column -> {
                JsonNode value = column.getValue().path(row);
                if (value.isNumber() && !column.getKey().equals("line")) {
                  to.set(column.getKey(), value);
                }
              });
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      out.printf("After %.1f minutes each:%n", answer.path("seconds").asDouble() / 60);
      List<List<String>> rows = new ArrayList<>();
      Map<String, List<String>> byField = new LinkedHashMap<>();
      List<String> head = new ArrayList<>(List.of(""));
      List<String> networks = new ArrayList<>(List.of("network"));
      for (JsonNode run : answer.path("runs")) {
        head.add(run.path("id").asText());
        networks.add(run.path("network").asText());
        run.properties().forEach(field -> byField.put(field.getKey(), new ArrayList<>()));
      }
      rows.add(head);
      rows.add(networks);
      for (String field : byField.keySet()) {
        List<String> row = new ArrayList<>(List.of(words(field)));
        boolean figures = true;
        for (JsonNode run : answer.path("runs")) {
          JsonNode value = run.path(field);
          figures &= !value.isTextual();
          row.add(value.isNumber() ? figure(value) : "—");
        }
        if (figures) {
          rows.add(row);
        }
      }
      out.print(table(rows));
    }
  }

  @Command(
      name = "download",
      mixinStandardHelpOptions = true,
      description = "Fetches a checkpoint.")
  static final class DownloadCommand extends OfOne {
    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "best",
        paramLabel = "CHECKPOINT",
        description = "Such as step-0001200 (default: ${DEFAULT-VALUE}).")
    private String checkpoint = "best";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Where to (default: RUN-CHECKPOINT.tabula).")
    private @Nullable Path out;

    @Override
    JsonNode run(RunsClient runs) throws IOException {
      String path = path(runs);
      Path file =
          out == null
              ? Path.of("%s-%s.tabula".formatted(path.replaceFirst(".*/", ""), checkpoint))
              : out;
      runs.download(path + "/checkpoints/" + RunsClient.part(checkpoint), file);
      return JSON.createObjectNode().put("file", file.toString()).put("bytes", Files.size(file));
    }

    @Override
    void tell(PrintWriter to, JsonNode answer) {
      to.printf("%s: %,d bytes%n", answer.path("file").asText(), answer.path("bytes").asLong());
    }
  }

  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Puts a checkpoint on the ladder: it is a rated player at once.")
  static final class PromoteCommand extends OfOne {
    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "best",
        paramLabel = "CHECKPOINT",
        description = "Such as step-0001200 (default: ${DEFAULT-VALUE}).")
    private String checkpoint = "best";

    @Override
    JsonNode run(RunsClient runs) {
      return runs.post(
          "%s/checkpoints/%s/agent".formatted(path(runs), RunsClient.part(checkpoint)),
          JSON.createObjectNode().put("ladder", true));
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      out.printf("It plays as %s.%n", answer.path("agent").asText());
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a run that does not train, with its files.")
  static final class DeleteCommand extends OfOne {
    @Override
    JsonNode run(RunsClient runs) {
      return runs.delete(path(runs));
    }

    @Override
    void tell(PrintWriter out, JsonNode answer) {
      out.printf("Run %s is gone.%n", answer.path("run").path("id").asText());
    }
  }

  private static String state(JsonNode run) {
    return run.path("state").asText() + (run.has("place") ? " " + run.path("place").asInt() : "");
  }

  private static String sentence(JsonNode run) {
    return "%s  %s  %s  %s, %.1f of %s minutes%s"
        .formatted(
            run.path("id").asText(),
            run.path("name").asText(),
            run.path("game").asText(),
            run.has("place")
                ? "queued, place %d".formatted(run.path("place").asInt())
                : run.path("state").asText(),
            run.path("progress").path("seconds").asDouble() / 60,
            plain(run.path("minutes").asDouble()),
            run.has("problem") ? "\n" + run.path("problem").asText() : "");
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.2f".formatted(number);
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? "%.1f %%".formatted(100 * share.asDouble()) : "—";
  }

  private static String figure(JsonNode value) {
    return value.isIntegralNumber()
        ? "%,d".formatted(value.asLong())
        : "%.4g".formatted(value.asDouble());
  }

  /** {@code movesPerSecond} as words. */
  private static String words(String field) {
    return field.replaceAll("([A-Z0-9]+)", " $1").toLowerCase(Locale.ROOT);
  }

  /** Columns side by side; what is a number stands to the right. */
  private static String table(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String space = " ".repeat(widths.get(i) - cell.length());
        boolean number = !cell.isEmpty() && (Character.isDigit(cell.charAt(0)) || cell.equals("—"));
        line.append(number && i > 0 ? space + cell : cell + space).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

package tabula.server.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.GameRecord.Reading;

/** Says what an agent thinks of positions. */
@Command(
    name = "analyse",
    mixinStandardHelpOptions = true,
    description =
        "Reads positions, one a line, and writes what an agent thinks of each, in the same order.",
    footer = {
      "",
      "A position is the moves that lead to it, such as 4455, or \"b2 a1\"; - or nothing is the",
      "start.",
      "A line of output has these fields, separated by tabs: the chosen move; the value in",
      "[-1, 1] for the side to move; a probability for each of the game's actions (0 for",
      "illegal ones): columns 1 to 7, or squares a1 b1 c1 a2 and so on. For a line that is no",
      "position: error, a code (bad_position or game_over) and a sentence.",
      "",
      "Agents: " + AgentSpec.FORMS + ".",
      "Example: echo 4455 | tabula analyse connect-four --agent 'net:shipped?visits=100'"
    })
public final class AnalyseCommand implements Callable<Integer> {

  /** What is written for a line. */
  private record Answer(String text, boolean wrong) {}

  private static final Future<Answer> END =
      CompletableFuture.completedFuture(new Answer("", false));

  @Parameters(paramLabel = "GAME", description = "Such as connect-four.")
  private String gameId = "";

  @Option(names = "--agent", paramLabel = "SPEC", required = true, description = "Who is asked.")
  private String agentSpec = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Each line is analysed with this seed anew (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Lines analysed at once; changes nothing but the time (default: one a core).")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Write a line of JSON for each line.")
  private boolean json;

  @Option(names = "--strict", description = "Exit with 1 if any line was no position.")
  private boolean strict;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Game game = Arguments.game(gameId);
    int threadCount = Arguments.threads(threads);
    Arguments.agent(agentSpec, game);
    // An agent serves one thread at a time.
    ThreadLocal<Agent> agents = ThreadLocal.withInitial(() -> Arguments.agent(agentSpec, game));
    // The answers in the order of the lines; full, it makes the reader wait.
    BlockingQueue<Future<Answer>> answers = new ArrayBlockingQueue<>(16 * threadCount);
    ExecutorService analysts = Executors.newFixedThreadPool(threadCount);
    Thread.ofPlatform()
        .daemon()
        .name("reader")
        .start(
            () -> read(line -> analysts.submit(() -> analyse(game, agents.get(), line)), answers));
    try {
      return write(answers) && strict ? 1 : 0;
    } finally {
      analysts.shutdownNow();
    }
  }

  /** Hands each line of the input over, and its answer to be. */
  private static void read(
      Function<String, Future<Answer>> handOver, BlockingQueue<Future<Answer>> answers) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      try {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          answers.put(handOver.apply(line));
        }
        answers.put(END);
      } catch (IOException e) {
        answers.put(CompletableFuture.failedFuture(e));
      }
    } catch (RejectedExecutionException e) {
      // Nobody wants the answers any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the answers as they come, and returns whether any line was wrong. */
  private boolean write(BlockingQueue<Future<Answer>> answers) throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    boolean anyWrong = false;
    while (true) {
      Future<Answer> next = answers.poll();
      if (next == null || !next.isDone()) {
        // One who types, or a program that waits for the answer, gets it before the next line.
        out.flush();
        if (System.out.checkError()) {
          // Nobody reads any more, as with "| head".
          return anyWrong;
        }
      }
      if (next == null) {
        next = answers.take();
      }
      if (next == END) {
        out.flush();
        return anyWrong;
      }
      try {
        Answer answer = next.get();
        out.print(answer.text() + "\n");
        anyWrong |= answer.wrong();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A line could not be analysed.", e.getCause());
      }
    }
  }

  private Answer analyse(Game game, Agent agent, String line) {
    return switch (GameRecord.read(game, line)) {
      case Reading.Invalid(String reason) -> error("bad_position", reason);
      case Reading.Valid(GameRecord(int[] actions, var position)) when position.isOver() ->
          error("game_over", "The game is over after %d moves.".formatted(actions.length));
      case Reading.Valid(GameRecord played) -> {
        Decision decision = agent.decide(played, new SplittableRandom(seed));
        String move = game.formatMove(played.position(), decision.action());
        yield new Answer(json ? asJson(move, decision) : asFields(move, decision), false);
      }
    };
  }

  private Answer error(String code, String message) {
    if (!json) {
      return new Answer("error\t%s\t%s".formatted(code, message), true);
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("error").put("code", code).put("message", message);
    return new Answer(node.toString(), true);
  }

  private static String asFields(String move, Decision decision) {
    StringBuilder fields = new StringBuilder(move);
    fields.append(String.format(Locale.ROOT, "\t%.4f", decision.value()));
    for (float probability : decision.policy()) {
      fields.append(String.format(Locale.ROOT, "\t%.6f", probability));
    }
    return fields.toString();
  }

  private static String asJson(String move, Decision decision) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("move", move);
    node.put("value", decision.value());
    node.put("proven", decision.proven());
    ArrayNode policy = node.putArray("policy");
    ArrayNode visits = node.putArray("visits");
    for (int action = 0; action < decision.policy().length; action++) {
      policy.add(decision.policy()[action]);
      visits.add(decision.visits()[action]);
    }
    return node.toString();
  }
}

package tabula.agents.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.games.Game;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.go.Go;
import tabula.games.go.GoPosition;

/**
 * An agent as an engine for programs that speak the Go Text Protocol, version 2. Go is what they
 * are made for; other games are played whose moves are points, {@code pass} and {@code swap}.
 */
public final class GtpFrontEnd {

  /** An answer: right, or what was wrong. */
  private record Answer(boolean right, String text) {}

  private static final List<String> COMMANDS =
      List.of(
          "protocol_version",
          "name",
          "version",
          "known_command",
          "list_commands",
          "quit",
          "boardsize",
          "clear_board",
          "komi",
          "play",
          "genmove",
          "undo",
          "showboard",
          "final_score",
          "time_settings",
          "time_left");

  private final Game game;
  private final Agent agent;
  private final RandomGenerator random;

  /** The first one, and what each move since led to. */
  private final List<Position> positions = new ArrayList<>();

  /**
   * A front end.
   *
   * @throws IllegalArgumentException if GTP has no words for the moves of the agent's game
   */
  public GtpFrontEnd(Game game, Agent agent, RandomGenerator random) {
    if (!Vertices.write(game.initialPosition())) {
      throw new IllegalArgumentException(
          "GTP has no words for the moves of %s.".formatted(game.title()));
    }
    this.game = game;
    this.agent = agent;
    this.random = random;
    positions.add(game.initialPosition());
  }

  /** Answers until it is told to quit, or nobody asks any more. */
  public void run(BufferedReader in, PrintWriter out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String text = line.replaceFirst("#.*", "").replaceAll("\\p{Cntrl}", " ").strip();
      if (text.isEmpty()) {
        continue;
      }
      String id = "";
      if (Character.isDigit(text.charAt(0))) {
        id = text.split(" ", 2)[0];
        text = text.substring(id.length()).strip();
      }
      String[] words = text.split(" +");
      Answer answer = answer(words);
      out.print(
          "%s%s %s\n\n"
              .formatted(answer.right() ? "=" : "?", id, answer.text())
              .replace(" \n", "\n"));
      out.flush();
      if (words[0].equals("quit")) {
        return;
      }
    }
  }

  private Answer answer(String[] words) {
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "protocol_version" -> right("2");
      case "name" -> right("Tabula " + agent.spec());
      case "version" -> right("0.1.0");
      case "known_command" -> right(String.valueOf(COMMANDS.contains(argument)));
      case "list_commands" -> right(String.join("\n", COMMANDS));
      case "quit", "time_settings", "time_left" -> right("");
      case "boardsize" ->
          argument.equals(String.valueOf(game.board().width()))
              ? clear()
              : wrong("unacceptable size");
      case "clear_board" -> clear();
      case "komi" -> komi(argument);
      case "play" -> play(words);
      case "genmove" -> genmove(argument);
      case "undo" -> undo();
      case "showboard" -> right("\n" + at().diagram().stripTrailing());
      case "final_score" -> finalScore();
      default -> wrong("unknown command");
    };
  }

  private static Answer right(String text) {
    return new Answer(true, text);
  }

  private static Answer wrong(String text) {
    return new Answer(false, text);
  }

  private Position at() {
    return positions.getLast();
  }

  private Answer clear() {
    positions.subList(1, positions.size()).clear();
    return right("");
  }

  private Answer komi(String argument) {
    try {
      return game instanceof Go go && Double.parseDouble(argument) != go.komi()
          ? wrong("komi is " + go.komi())
          : right("");
    } catch (NumberFormatException e) {
      return wrong("syntax error");
    }
  }

  private static @Nullable Side side(String colour) {
    return switch (colour.toLowerCase(Locale.ROOT)) {
      case "b", "black" -> Side.FIRST;
      case "w", "white" -> Side.SECOND;
      default -> null;
    };
  }

  /** The position with a colour to move: where it moves twice, the other side has passed. */
  private @Nullable Position turnedTo(Side side) {
    if (side == at().sideToMove()) {
      return at();
    }
    int pass = game.parseMove(at(), "pass");
    return pass >= 0 && at().isLegal(pass) ? at().play(pass) : null;
  }

  private Answer play(String[] words) {
    Side side = words.length < 3 ? null : side(words[1]);
    if (side == null) {
      return wrong("syntax error");
    }
    Position turned = turnedTo(side);
    if (turned == null) {
      return wrong("it is the other side's turn");
    }
    int action = game.parseMove(turned, Vertices.parse(words[2]));
    if (action < 0 || !turned.isLegal(action)) {
      return wrong("illegal move");
    }
    positions.add(turned.play(action));
    return right("");
  }

  private Answer genmove(String colour) {
    Side side = side(colour);
    if (side == null) {
      return wrong("syntax error");
    }
    Position turned = turnedTo(side);
    if (turned == null) {
      return wrong("it is the other side's turn");
    }
    if (turned.isOver()) {
      return wrong("the game is over");
    }
    int action = agent.decide(turned, random).action();
    positions.add(turned.play(action));
    return right(Vertices.format(game.formatMove(turned, action)));
  }

  private Answer undo() {
    if (positions.size() == 1) {
      return wrong("cannot undo");
    }
    positions.removeLast();
    return right("");
  }

  private Answer finalScore() {
    if (at() instanceof GoPosition position) {
      int lead = position.lead();
      return right(lead == 0 ? "0" : (lead > 0 ? "B+" : "W+") + Math.abs(lead));
    }
    return switch (at().outcome()) {
      case FIRST_WINS -> right("B+");
      case SECOND_WINS -> right("W+");
      case DRAW -> right("0");
      case ONGOING -> wrong("the game is not over");
    };
  }
}

package tabula.agents.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import tabula.agents.Agent;
import tabula.agents.Decision;
import tabula.games.chess.Chess;
import tabula.games.chess.ChessPosition;
import tabula.games.chess.Fen;

/**
 * An agent as an engine for programs that speak the Universal Chess Interface. It thinks for as
 * long as its spec lets it: limits of {@code go} change nothing.
 */
public final class UciFrontEnd {

  private final Agent agent;
  private final RandomGenerator random;
  private final PrintWriter out;
  private ChessPosition position = (ChessPosition) Chess.GAME.initialPosition();

  public UciFrontEnd(Agent agent, RandomGenerator random, PrintWriter out) {
    this.agent = agent;
    this.random = random;
    this.out = out;
  }

  /** Answers until it is told to quit, or nobody asks any more. */
  public void run(BufferedReader in) throws IOException {
    // It is asked whether it is ready while it thinks.
    try (ExecutorService thinking = Executors.newSingleThreadExecutor()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.strip().split("\\s+");
        switch (words[0]) {
          case "uci" ->
              say("id name Tabula " + agent.spec() + "\nid author the authors of Tabula\nuciok");
          case "isready" -> say("readyok");
          case "position" -> place(List.of(words));
          case "go" -> {
            ChessPosition asked = position;
            thinking.execute(() -> think(asked));
          }
          case "quit" -> {
            return;
          }
          default -> {
            // A program may say what an engine does not know; it is to be passed over.
          }
        }
      }
    }
  }

  private synchronized void say(String text) {
    out.print(text + "\n");
    out.flush();
  }

  private void place(List<String> words) {
    int moves = words.indexOf("moves");
    int end = moves < 0 ? words.size() : moves;
    try {
      ChessPosition placed =
          words.size() > 1 && words.get(1).equals("startpos")
              ? (ChessPosition) Chess.GAME.initialPosition()
              : Fen.parse(String.join(" ", words.subList(Math.min(2, end), end)));
      for (String move : words.subList(moves < 0 ? end : moves + 1, words.size())) {
        int action = Chess.GAME.parseMove(placed, move);
        if (action < 0 || !placed.isLegal(action)) {
          throw new IllegalArgumentException("%s is not legal there.".formatted(move));
        }
        placed = placed.play(action);
      }
      position = placed;
    } catch (IllegalArgumentException e) {
      say("info string " + e.getMessage());
    }
  }

  private void think(ChessPosition asked) {
    if (asked.isOver()) {
      say("bestmove (none)");
      return;
    }
    try {
      Decision decision = agent.decide(asked, random);
      long centipawns = Math.round(2 * 180 * atanh(Math.clamp(decision.value(), -0.99f, 0.99f)));
      String move = Chess.GAME.formatMove(asked, decision.action());
      say("info score cp %d pv %s\nbestmove %s".formatted(centipawns, move, move));
    } catch (EngineException e) {
      say("info string " + e.getMessage() + "\nbestmove (none)");
    }
  }

  private static double atanh(double value) {
    return Math.log((1 + value) / (1 - value)) / 2;
  }
}

package tabula.agents.engine;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tabula.agents.Agent;
import tabula.agents.AgentSpec;
import tabula.agents.Decision;
import tabula.games.Game;
import tabula.games.Position;

/**
 * An engine as a player. It is told every position anew, so that one that broke is started again
 * and goes on; one that fails twice at a position fails.
 */
public final class EngineAgent implements Agent {

  /** What may be said of a command: see {@link EngineCommand}. */
  public static final Set<String> GTP_OPTIONS = GtpDialogue.OPTIONS;

  public static final Set<String> UCI_OPTIONS = UciDialogue.OPTIONS;

  /** How to speak with an engine. */
  interface Dialogue {

    /** Gets an engine ready that has just been started. */
    void greet(EngineProcess engine);

    /** What the engine would play. */
    Answer ask(EngineProcess engine, Position position);
  }

  /**
   * An engine's move.
   *
   * @param move as the game writes it
   * @param value in [-1, 1] for the side to move; 0 where the engine does not say
   * @param proven whether the engine has seen the end of the game
   */
  record Answer(String move, float value, boolean proven) {}

  /** So often an engine is started for one move. */
  private static final int ATTEMPTS = 2;

  private final AgentSpec spec;
  private final Game game;
  private final String command;
  private final Dialogue dialogue;
  private @Nullable EngineProcess engine;

  private EngineAgent(AgentSpec spec, Game game, String command, Dialogue dialogue) {
    this.spec = spec;
    this.game = game;
    this.command = command;
    this.dialogue = dialogue;
  }

  /**
   * An engine that speaks GTP.
   *
   * @throws IllegalArgumentException if no such engine plays that game
   */
  public static EngineAgent gtp(AgentSpec spec, EngineCommand command, Game game) {
    return new EngineAgent(spec, game, command.line(), new GtpDialogue(command, game));
  }

  /**
   * An engine that speaks UCI.
   *
   * @throws IllegalArgumentException if no such engine plays that game
   */
  public static EngineAgent uci(AgentSpec spec, EngineCommand command, Game game) {
    return new EngineAgent(spec, game, command.line(), new UciDialogue(command, game));
  }

  @Override
  public AgentSpec spec() {
    return spec;
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    for (int attempt = 1; true; attempt++) {
      try {
        return decide(position);
      } catch (EngineException e) {
        close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Decision decide(Position position) {
    EngineProcess running = engine;
    if (running == null) {
      running = EngineProcess.start(command);
      engine = running;
      dialogue.greet(running);
    }
    Answer answer = dialogue.ask(running, position);
    int action = game.parseMove(position, answer.move());
    if (action < 0 || !position.isLegal(action)) {
      throw running.failed(
          "played '%s', which is not legal in%n%s".formatted(answer.move(), position.diagram()));
    }
    float[] policy = new float[game.actionCount()];
    policy[action] = 1;
    return new Decision(
        action, answer.value(), policy, new int[game.actionCount()], answer.proven());
  }

  /** Ends the engine; another decision starts it again. */
  void close() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }
}

package tabula.agents.network;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tabula.games.Game;

/**
 * A network's form. Whatever it is, a policy and a value head follow. Written {@code
 * residual:32x3}, {@code mlp:128x2} or {@code recurrent:64x8}, with an activation other than ReLU
 * behind a comma: {@code mlp:128x2,tanh}.
 */
public sealed interface NetworkSpec {

  /** The forms that {@link #parse} reads, for messages. */
  String FORMS = "residual:FILTERSxBLOCKS, mlp:WIDTHxDEPTH or recurrent:WIDTHxPOSITIONS";

  Activation activation();

  /** The same with another activation. */
  NetworkSpec with(Activation activation);

  /**
   * A 3x3 convolution, then {@code blocks} residual blocks of two 3x3 convolutions, all with {@code
   * filters} channels.
   */
  record Residual(int filters, int blocks, Activation activation) implements NetworkSpec {
    public Residual {
      check("residual", "filters", filters, 4, 512);
      check("residual", "blocks", blocks, 0, 64);
    }

    @Override
    public Residual with(Activation other) {
      return new Residual(filters, blocks, other);
    }

    @Override
    public String toString() {
      return written("residual", filters, blocks, activation);
    }
  }

  /** {@code depth} fully connected layers of {@code width} units, which see the planes as a row. */
  record Mlp(int width, int depth, Activation activation) implements NetworkSpec {
    public Mlp {
      check("mlp", "units in width", width, 4, 4096);
      check("mlp", "layers in depth", depth, 1, 32);
    }

    @Override
    public Mlp with(Activation other) {
      return new Mlp(width, depth, other);
    }

    @Override
    public String toString() {
      return written("mlp", width, depth, activation);
    }
  }

  /**
   * A long short-term memory (Hochreiter and Schmidhuber 1997) of {@code width} cells, which reads
   * the game as it came about: its last {@code positions} positions one after the other, the one to
   * judge at the end. The activation is that of the value head alone; a cell has its own.
   */
  record Recurrent(int width, int positions, Activation activation) implements NetworkSpec {
    public Recurrent {
      check("recurrent", "cells in width", width, 4, 1024);
      check("recurrent", "positions", positions, 1, 64);
    }

    @Override
    public Recurrent with(Activation other) {
      return new Recurrent(width, positions, other);
    }

    @Override
    public Game view(Game game) {
      return LookingBack.of(game, positions);
    }

    @Override
    public String toString() {
      return written("recurrent", width, positions, activation);
    }
  }

  /**
   * The game as this network sees it: the game itself, unless it looks back. Its positions are what
   * an evaluator of the network should be handed, and what self-play and learning go by.
   */
  default Game view(Game game) {
    return game;
  }

  /** A residual network with ReLU. */
  static Residual residual(int filters, int blocks) {
    return new Residual(filters, blocks, Activation.RELU);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if the text is none; the message says what would be right
   */
  static NetworkSpec parse(String text) {
    Matcher matcher =
        Pattern.compile("(residual|mlp|recurrent):(\\d{1,4})(?:x(\\d{1,3}))?(?:,(\\w+))?")
            .matcher(text);
    if (!matcher.matches() || (matcher.group(3) == null && !matcher.group(1).equals("recurrent"))) {
      throw new IllegalArgumentException(
          "Network '%s' is not of the form %s.".formatted(text, FORMS));
    }
    Activation activation =
        matcher.group(4) == null ? Activation.RELU : activation(matcher.group(4));
    int first = Integer.parseInt(matcher.group(2));
    int second = matcher.group(3) == null ? 8 : Integer.parseInt(matcher.group(3));
    return switch (matcher.group(1)) {
      case "residual" -> new Residual(first, second, activation);
      case "mlp" -> new Mlp(first, second, activation);
      default -> new Recurrent(first, second, activation);
    };
  }

  private static Activation activation(String name) {
    return Arrays.stream(Activation.values())
        .filter(activation -> activation.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no activation '%s': relu, leaky or tanh.".formatted(name)));
  }

  private static void check(String kind, String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A %s network has %d to %d %s, not %d.".formatted(kind, least, most, what, value));
    }
  }

  private static String written(String kind, int first, int second, Activation activation) {
    return "%s:%dx%d%s"
        .formatted(kind, first, second, activation == Activation.RELU ? "" : "," + activation);
  }
}

package tabula.agents.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tabula.games.Board;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Outcome;
import tabula.games.PlanesShape;
import tabula.games.Position;
import tabula.games.Side;

/**
 * A game as a network sees it that looks back: its positions remember the ones that led to them,
 * wherever they are played from, so that searches, caches and self-play need not know. The planes
 * are those of the last few positions, the oldest first; where the game had not begun yet, or where
 * nobody knows how it came about, they are zero.
 */
public final class LookingBack implements Game {

  private final Game game;
  private final int positions;

  private LookingBack(Game game, int positions) {
    this.game = game;
    this.positions = positions;
  }

  /**
   * The view of a game.
   *
   * @param positions how many positions are seen, the present one among them
   */
  static Game of(Game game, int positions) {
    Game rules = game instanceof LookingBack view ? view.game : game;
    return new LookingBack(rules, positions);
  }

  /** The position as the rules have it, without its past. */
  public static Position plain(Position position) {
    return position instanceof Seen seen ? seen.now() : position;
  }

  /** A position of a game that is seen so, or of the rules, as the game {@code view} has it. */
  public static Position seen(Game view, Position position) {
    return view instanceof LookingBack looking && !(position instanceof Seen)
        ? new Seen(looking, new Position[] {position})
        : position;
  }

  /** The last position of a game whose moves are known, as the game {@code view} has it. */
  public static Position seen(Game view, GameRecord played) {
    if (!(view instanceof LookingBack)) {
      return played.position();
    }
    Position position = view.initialPosition();
    for (int action : played.actions()) {
      position = position.play(action);
    }
    return position;
  }

  /** Its shape is that of the boards one above the other. */
  @Override
  public PlanesShape shape() {
    PlanesShape one = game.shape();
    return new PlanesShape(positions * one.height(), one.width(), one.channels());
  }

  @Override
  public Position initialPosition() {
    return new Seen(this, new Position[] {game.initialPosition()});
  }

  @Override
  public String id() {
    return game.id();
  }

  @Override
  public String title() {
    return game.title();
  }

  @Override
  public int actionCount() {
    return game.actionCount();
  }

  @Override
  public Board board() {
    return game.board();
  }

  @Override
  public int symmetryCount() {
    return game.symmetryCount();
  }

  @Override
  public int transformAction(int action, int symmetry) {
    return game.transformAction(action, symmetry);
  }

  @Override
  public int maxPlies() {
    return game.maxPlies();
  }

  @Override
  public String formatMove(Position position, int action) {
    return game.formatMove(plain(position), action);
  }

  @Override
  public int parseMove(Position position, String move) {
    return game.parseMove(plain(position), move);
  }

  @Override
  public String whyIllegal(Position position, int action) {
    return game.whyIllegal(plain(position), action);
  }

  @Override
  public String moveSeparator() {
    return game.moveSeparator();
  }

  /** A position and those before it, the oldest first; never changed. */
  private static final class Seen implements Position {

    private final LookingBack view;
    private final Position[] recent;

    Seen(LookingBack view, Position[] recent) {
      this.view = view;
      this.recent = recent;
    }

    Position now() {
      return recent[recent.length - 1];
    }

    @Override
    public Position play(int action) {
      int kept = Math.min(recent.length, view.positions - 1);
      Position[] next = new Position[kept + 1];
      System.arraycopy(recent, recent.length - kept, next, 0, kept);
      next[kept] = now().play(action);
      return new Seen(view, next);
    }

    @Override
    public Position transform(int symmetry) {
      Position[] transformed = new Position[recent.length];
      Arrays.setAll(transformed, i -> recent[i].transform(symmetry));
      return new Seen(view, transformed);
    }

    @Override
    public void writePlanes(float[] planes, int offset) {
      int size = view.game.shape().size();
      int unknown = view.positions - recent.length;
      Arrays.fill(planes, offset, offset + unknown * size, 0);
      for (int i = 0; i < recent.length; i++) {
        recent[i].writePlanes(planes, offset + (unknown + i) * size);
      }
    }

    /** Positions that look alike but came about in other ways are others to the network. */
    @Override
    public long hash64() {
      long hash = 0;
      for (Position position : recent) {
        hash = (Long.rotateLeft(hash, 23) ^ position.hash64()) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Seen seen
          && seen.view.positions == view.positions
          && Arrays.equals(seen.recent, recent);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(hash64());
    }

    @Override
    public Game game() {
      return view;
    }

    @Override
    public Side sideToMove() {
      return now().sideToMove();
    }

    @Override
    public int ply() {
      return now().ply();
    }

    @Override
    public Outcome outcome() {
      return now().outcome();
    }

    @Override
    public Ending ending() {
      return now().ending();
    }

    @Override
    public int[] decidingSquares() {
      return now().decidingSquares();
    }

    @Override
    public @Nullable Side pieceAt(int square) {
      return now().pieceAt(square);
    }

    @Override
    public boolean isLegal(int action) {
      return now().isLegal(action);
    }

    @Override
    public int legalActions(int[] actions) {
      return now().legalActions(actions);
    }

    @Override
    public boolean canWinAtOnce() {
      return now().canWinAtOnce();
    }

    @Override
    public String diagram() {
      return now().diagram();
    }
  }
}

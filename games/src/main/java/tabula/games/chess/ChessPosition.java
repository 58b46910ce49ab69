package tabula.games.chess;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tabula.games.Ending;
import tabula.games.Game;
import tabula.games.Hash;
import tabula.games.Outcome;
import tabula.games.Past;
import tabula.games.Position;
import tabula.games.Side;
import tabula.games.Squares;

/**
 * A board of bitboards, turned so that the side to move plays up: a move turns it by reversing
 * bytes.
 *
 * @param own the pieces of the side to move
 * @param other the other side's
 * @param pawns and {@code knights}, {@code bishops}, {@code rooks}, {@code queens}, {@code kings}
 *     those of both sides
 * @param castling which kings may still castle to which side
 * @param enPassant the square on which a pawn may be taken in passing, or -1
 * @param clock the moves since the last capture or pawn's move
 * @param past the boards since then, this one among them
 * @param pastHash the same in one number
 * @param times how often this board was there, this time counted
 * @param checkers the pieces that attack the king of the side to move
 * @param end by what the game is over; null while it goes on
 */
public record ChessPosition(
    long own,
    long other,
    long pawns,
    long knights,
    long bishops,
    long rooks,
    long queens,
    long kings,
    int castling,
    int enPassant,
    int clock,
    int ply,
    @Nullable Past past,
    long pastHash,
    int times,
    long checkers,
    @Nullable Ending end)
    implements Position {

  static final int CHANNELS = 23;

  static final int OWN_SHORT = 1;
  static final int OWN_LONG = 2;
  static final int OTHER_SHORT = 4;
  static final int OTHER_LONG = 8;

  /** Fifty moves of each side. */
  private static final int LONGEST_CLOCK = 100;

  private static final String LETTERS = "pnbrqk";
  private static final long LIGHT_SQUARES = 0x55AA_55AA_55AA_55AAL;

  /** A board with all that follows from it. */
  static ChessPosition of(
      long own,
      long other,
      long pawns,
      long knights,
      long bishops,
      long rooks,
      long queens,
      long kings,
      int castling,
      int enPassant,
      int clock,
      int ply,
      @Nullable Past before,
      long beforeHash) {
    long hash = Hash.mix(Hash.mix(own, other), pawns);
    hash = Hash.mix(Hash.mix(hash, knights), bishops);
    hash = Hash.mix(Hash.mix(hash, rooks), queens);
    hash = Hash.mix(Hash.mix(hash, kings), (ply & 1) | castling << 1 | (enPassant + 1) << 5);
    int times = 1 + (before == null ? 0 : Past.count(before, hash));
    int king = Long.numberOfTrailingZeros(kings & own);
    long occupied = own | other;
    long checkers =
        other
            & ((Attacks.knight(king) & knights)
                | (Attacks.pawnsUp(1L << king) & pawns)
                | (Attacks.bishop(king, occupied) & (bishops | queens))
                | (Attacks.rook(king, occupied) & (rooks | queens)));
    ChessPosition open =
        new ChessPosition(
            own,
            other,
            pawns,
            knights,
            bishops,
            rooks,
            queens,
            kings,
            castling,
            enPassant,
            clock,
            ply,
            new Past(hash, before),
            beforeHash + hash,
            times,
            checkers,
            null);
    Ending end = open.findEnd();
    return end == null ? open : open.ended(end);
  }

  private ChessPosition ended(Ending by) {
    return new ChessPosition(
        own, other, pawns, knights, bishops, rooks, queens, kings, castling, enPassant, clock, ply,
        past, pastHash, times, checkers, by);
  }

  private @Nullable Ending findEnd() {
    if (!new Targets(this).any()) {
      return checkers != 0 ? Ending.CHECKMATE : Ending.STALEMATE;
    }
    if (times >= 3) {
      return Ending.REPETITION;
    }
    if (clock >= LONGEST_CLOCK) {
      return Ending.NO_PROGRESS;
    }
    if (isMaterialTooLittle()) {
      return Ending.MATERIAL;
    }
    return ply >= Chess.GAME.maxPlies() ? Ending.LENGTH : null;
  }

  /** No moves whatever lead to mate: a minor piece alone, or bishops on squares of one colour. */
  private boolean isMaterialTooLittle() {
    if ((pawns | rooks | queens) != 0) {
      return false;
    }
    if (Long.bitCount(knights | bishops) <= 1) {
      return true;
    }
    return knights == 0 && ((bishops & LIGHT_SQUARES) == 0 || (bishops & ~LIGHT_SQUARES) == 0);
  }

  /** The same pieces, rights and counts, and the same boards since the last that cannot return. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ChessPosition position
        && pastHash == position.pastHash
        && ply == position.ply
        && clock == position.clock
        && own == position.own
        && other == position.other
        && pawns == position.pawns
        && knights == position.knights
        && bishops == position.bishops
        && rooks == position.rooks
        && kings == position.kings
        && castling == position.castling
        && enPassant == position.enPassant;
  }

  @Override
  public int hashCode() {
    return (int) hash64();
  }

  @Override
  public long hash64() {
    return Hash.mix(pastHash, ply << 8 | clock);
  }

  long diagonals() {
    return bishops | queens;
  }

  long straights() {
    return rooks | queens;
  }

  boolean isPawn(int square) {
    return ((pawns & own) >>> square & 1) != 0;
  }

  /** Whether the king of the side to move is attacked. */
  public boolean isCheck() {
    return checkers != 0;
  }

  @Override
  public Game game() {
    return Chess.GAME;
  }

  @Override
  public Side sideToMove() {
    return Side.atPly(ply);
  }

  @Override
  public boolean isOver() {
    return end != null;
  }

  @Override
  public Outcome outcome() {
    if (end == null) {
      return Outcome.ONGOING;
    }
    return end == Ending.CHECKMATE ? Outcome.winOf(sideToMove().opponent()) : Outcome.DRAW;
  }

  @Override
  public Ending ending() {
    return Objects.requireNonNull(end, "The game goes on.");
  }

  /** The pieces that give mate. */
  @Override
  public int[] decidingSquares() {
    if (end != Ending.CHECKMATE) {
      return new int[0];
    }
    long seen = sideToMove() == Side.FIRST ? checkers : Long.reverseBytes(checkers);
    int[] squares = new int[Long.bitCount(seen)];
    for (int i = 0; i < squares.length; i++, seen &= seen - 1) {
      squares[i] = Long.numberOfTrailingZeros(seen);
    }
    return squares;
  }

  @Override
  public @Nullable Side pieceAt(int square) {
    int seen = Chess.seenBy(sideToMove(), square);
    if ((own >>> seen & 1) != 0) {
      return sideToMove();
    }
    return (other >>> seen & 1) != 0 ? sideToMove().opponent() : null;
  }

  @Override
  public int planesCell(int square) {
    return Position.super.planesCell(Chess.seenBy(sideToMove(), square));
  }

  /** {@code K}, {@code Q}, {@code R}, {@code B}, {@code N} or {@code P}, small for black's. */
  @Override
  public char symbolAt(int square) {
    Side side = pieceAt(square);
    if (side == null) {
      return '.';
    }
    char letter = letter(Chess.seenBy(sideToMove(), square));
    return side == Side.FIRST ? Character.toUpperCase(letter) : letter;
  }

  /** Which piece stands on a square as the side to move sees it: one of {@code pnbrqk}. */
  char letter(int seen) {
    long bit = 1L << seen;
    long[] kinds = {pawns, knights, bishops, rooks, queens, kings};
    for (int kind = 0; kind < kinds.length; kind++) {
      if ((kinds[kind] & bit) != 0) {
        return LETTERS.charAt(kind);
      }
    }
    throw new IllegalStateException("No piece stands on " + Squares.name(seen, 8));
  }

  @Override
  public boolean isLegal(int action) {
    if (action < 0 || action >= Chess.GAME.actionCount() || isOver()) {
      return false;
    }
    int from = Chess.from(action);
    if ((own >>> from & 1) == 0) {
      return false;
    }
    int to = Chess.to(action);
    if (to < 0
        || (own >>> to & 1) != 0
        || (Chess.promotion(action) >= 0 && (to < 56 || !isPawn(from)))) {
      return false;
    }
    return (new Targets(this).of(from) >>> to & 1) != 0;
  }

  @Override
  public int legalActions(int[] actions) {
    if (isOver()) {
      return 0;
    }
    Targets targets = new Targets(this);
    int count = 0;
    for (long pieces = own; pieces != 0; pieces &= pieces - 1) {
      int from = Long.numberOfTrailingZeros(pieces);
      long of = targets.of(from);
      for (long left = of; left != 0; left &= left - 1) {
        actions[count++] = Chess.action(from, Long.numberOfTrailingZeros(left));
      }
      if (from >= 48 && of != 0 && isPawn(from)) {
        for (long left = of; left != 0; left &= left - 1) {
          int columns = Long.numberOfTrailingZeros(left) - from - 8;
          for (int promotion = 0; promotion < Chess.PROMOTIONS.length(); promotion++) {
            actions[count++] = Chess.underpromotion(from, columns, promotion);
          }
        }
      }
    }
    return count;
  }

  @Override
  public ChessPosition play(int action) {
    if (!isLegal(action)) {
      throw new IllegalArgumentException(
          "Action %d cannot be played in%n%s".formatted(action, diagram()));
    }
    int from = Chess.from(action);
    int to = Chess.to(action);
    long start = 1L << from;
    long target = 1L << to;
    long taken = target;
    boolean pawn = (pawns & start) != 0;
    int passed = -1;
    if (pawn) {
      if (to == enPassant) {
        taken = target >>> 8;
      } else if (to - from == 16 && canTakeInPassing(from + 8)) {
        passed = (from + 8) ^ 56;
      }
    }
    boolean takes = (other & taken) != 0;
    long stays = ~(start | taken);
    long mine = (own ^ start) | target;
    long theirs = other & ~taken;
    long newPawns = pawns & stays;
    long newKnights = knights & stays;
    long newBishops = bishops & stays;
    long newRooks = rooks & stays;
    long newQueens = queens & stays;
    long newKings = kings & stays;
    int promotion = Chess.promotion(action);
    if (pawn && to < 56) {
      newPawns |= target;
    } else if ((knights & start) != 0 || promotion == 0) {
      newKnights |= target;
    } else if ((bishops & start) != 0 || promotion == 1) {
      newBishops |= target;
    } else if ((rooks & start) != 0 || promotion == 2) {
      newRooks |= target;
    } else if ((kings & start) != 0) {
      newKings |= target;
      if (to - from == 2 && from == 4) {
        mine ^= 0xA0;
        newRooks ^= 0xA0;
      } else if (to - from == -2 && from == 4) {
        mine ^= 0x09;
        newRooks ^= 0x09;
      }
    } else {
      newQueens |= target;
    }
    int rights = castling & ~lost(start) & ~lost(target);
    boolean forGood = pawn || takes || rights != castling;
    ChessPosition after =
        of(
            /* own= */ Long.reverseBytes(theirs),
            /* other= */ Long.reverseBytes(mine),
            Long.reverseBytes(newPawns),
            Long.reverseBytes(newKnights),
            Long.reverseBytes(newBishops),
            Long.reverseBytes(newRooks),
            Long.reverseBytes(newQueens),
            Long.reverseBytes(newKings),
            (rights >> 2) | (rights & 3) << 2,
            passed,
            pawn || takes ? 0 : clock + 1,
            ply + 1,
            forGood ? null : past,
            forGood ? 0 : pastHash);
    return after.withEnPassantOnlyIfLegal();
  }

  /** Whether a pawn of the other side stands beside one that has gone two squares. */
  private boolean canTakeInPassing(int over) {
    return (Attacks.pawnsUp(1L << over) & pawns & other) != 0;
  }

  /** A right that nobody can use is none: the board counts as the same without it. */
  ChessPosition withEnPassantOnlyIfLegal() {
    return enPassant < 0 || isEnPassantLegal()
        ? this
        : of(
            own, other, pawns, knights, bishops, rooks, queens, kings, castling, -1, clock, ply,
            null, 0);
  }

  /** Whether the side to move could take the other's king: no legal move leads there. */
  boolean isOtherKingAttacked() {
    int king = Long.numberOfTrailingZeros(kings & other);
    long occupied = own | other;
    return (own
            & ((Attacks.knight(king) & knights)
                | (Attacks.king(king) & kings)
                | (Attacks.pawnsDown(1L << king) & pawns)
                | (Attacks.bishop(king, occupied) & diagonals())
                | (Attacks.rook(king, occupied) & straights())))
        != 0;
  }

  private boolean isEnPassantLegal() {
    Targets targets = new Targets(this);
    for (long left = Attacks.pawnsDown(1L << enPassant) & pawns & own;
        left != 0;
        left &= left - 1) {
      if ((targets.of(Long.numberOfTrailingZeros(left)) >>> enPassant & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The rights that go when a piece leaves a square or is taken there. */
  private static int lost(long square) {
    int lost = 0;
    lost |= (square & 0x90L) != 0 ? OWN_SHORT : 0;
    lost |= (square & 0x11L) != 0 ? OWN_LONG : 0;
    lost |= (square & 0x90L << 56) != 0 ? OTHER_SHORT : 0;
    lost |= (square & 0x11L << 56) != 0 ? OTHER_LONG : 0;
    return lost;
  }

  @Override
  public boolean canWinAtOnce() {
    // Only a check can be mate: other moves need not be tried.
    int king = Long.numberOfTrailingZeros(kings & other);
    long occupied = own | other;
    long byDiagonal = Attacks.bishop(king, occupied);
    long byStraight = Attacks.rook(king, occupied);
    long hiding = own & (byDiagonal | byStraight);
    Targets targets = new Targets(this);
    for (long left = own; left != 0; left &= left - 1) {
      int from = Long.numberOfTrailingZeros(left);
      long bit = 1L << from;
      long checking = 0;
      checking |= ((knights | pawns) & bit) != 0 ? Attacks.knight(king) : 0;
      checking |= (diagonals() & bit) != 0 ? byDiagonal : 0;
      checking |= (straights() & bit) != 0 ? byStraight : 0;
      if ((pawns & bit) != 0) {
        checking |= Attacks.pawnsDown(1L << king) | 0xFFL << 56;
        checking |= enPassant >= 0 ? 1L << enPassant : 0;
      }
      if ((kings & bit) != 0) {
        // By castling.
        checking |= 0x44;
      }
      if ((hiding & bit) != 0) {
        checking = -1;
      }
      for (long to = targets.of(from) & checking; to != 0; to &= to - 1) {
        if (mates(from, Long.numberOfTrailingZeros(to))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mates(int from, int to) {
    if (play(Chess.action(from, to)).end == Ending.CHECKMATE) {
      return true;
    }
    if (to >= 56 && isPawn(from)) {
      for (int promotion = 0; promotion < Chess.PROMOTIONS.length(); promotion++) {
        if (play(Chess.underpromotion(from, to - from - 8, promotion)).end == Ending.CHECKMATE) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Planes, in the view of the side to move: own pieces, the opponent's; own pawns, knights,
   * bishops, rooks, queens and king, the opponent's likewise; ones for each right to castle, own
   * first; the square on which a pawn may be taken in passing; ones where the board was there
   * before, and from 25, 50 and 75 moves without progress on.
   */
  @Override
  public void writePlanes(float[] planes, int offset) {
    long[] sets = {
      own,
      other,
      pawns & own,
      knights & own,
      bishops & own,
      rooks & own,
      queens & own,
      kings & own,
      pawns & other,
      knights & other,
      bishops & other,
      rooks & other,
      queens & other,
      kings & other,
      all((castling & OWN_SHORT) != 0),
      all((castling & OWN_LONG) != 0),
      all((castling & OTHER_SHORT) != 0),
      all((castling & OTHER_LONG) != 0),
      enPassant >= 0 ? 1L << enPassant : 0,
      all(times >= 2),
      all(clock >= LONGEST_CLOCK / 4),
      all(clock >= LONGEST_CLOCK / 2),
      all(clock >= LONGEST_CLOCK * 3 / 4)
    };
    int at = offset;
    for (int row = 7; row >= 0; row--) {
      for (int square = row * 8; square < row * 8 + 8; square++) {
        for (long set : sets) {
          planes[at++] = set >>> square & 1;
        }
      }
    }
  }

  private static long all(boolean yes) {
    return yes ? -1 : 0;
  }

  @Override
  public Position transform(int symmetry) {
    Objects.checkIndex(symmetry, 1);
    return this;
  }

  @Override
  public String diagram() {
    return "%s%s, boards %016x%n".formatted(Squares.diagram(this), Fen.format(this), pastHash);
  }
}

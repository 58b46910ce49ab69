package tabula.games.chess;

/** Where the pieces of the side to move may go, in one position. */
final class Targets {

  private final ChessPosition at;
  private final long own;
  private final long other;
  private final long occupied;
  private final int king;
  private final long pinned;

  /** What stops the check, if there is one: all squares if not. */
  private final long stopping;

  private long danger;
  private boolean dangerKnown;

  Targets(ChessPosition at) {
    this.at = at;
    own = at.own();
    other = at.other();
    occupied = own | other;
    king = Long.numberOfTrailingZeros(at.kings() & own);
    long checkers = at.checkers();
    if (checkers == 0) {
      stopping = -1;
    } else if ((checkers & (checkers - 1)) == 0) {
      stopping = checkers | Attacks.between(king, Long.numberOfTrailingZeros(checkers));
    } else {
      stopping = 0;
    }
    pinned = pinned();
  }

  /** Own pieces that alone stand between the king and what would attack it. */
  private long pinned() {
    long pieces = 0;
    long snipers =
        ((Attacks.bishop(king, other) & at.diagonals())
                | (Attacks.rook(king, other) & at.straights()))
            & other;
    for (long left = snipers; left != 0; left &= left - 1) {
      long between = Attacks.between(king, Long.numberOfTrailingZeros(left)) & own;
      if ((between & (between - 1)) == 0) {
        pieces |= between;
      }
    }
    return pieces;
  }

  /** The squares that the other side attacks, the own king no obstacle. */
  private long danger() {
    if (!dangerKnown) {
      dangerKnown = true;
      long seen = occupied & ~(at.kings() & own);
      danger =
          Attacks.pawnsDown(at.pawns() & other)
              | Attacks.king(Long.numberOfTrailingZeros(at.kings() & other));
      for (long left = at.knights() & other; left != 0; left &= left - 1) {
        danger |= Attacks.knight(Long.numberOfTrailingZeros(left));
      }
      for (long left = at.diagonals() & other; left != 0; left &= left - 1) {
        danger |= Attacks.bishop(Long.numberOfTrailingZeros(left), seen);
      }
      for (long left = at.straights() & other; left != 0; left &= left - 1) {
        danger |= Attacks.rook(Long.numberOfTrailingZeros(left), seen);
      }
    }
    return danger;
  }

  /** The squares that the piece on a square may go to; none where none of one's own stands. */
  long of(int square) {
    long bit = 1L << square;
    if ((own & bit) == 0) {
      return 0;
    }
    if (square == king) {
      return ofKing();
    }
    if (stopping == 0) {
      return 0;
    }
    long targets;
    if ((at.pawns() & bit) != 0) {
      targets = ofPawn(square, bit);
    } else {
      targets = 0;
      if ((at.knights() & bit) != 0) {
        targets = Attacks.knight(square);
      }
      if ((at.diagonals() & bit) != 0) {
        targets = Attacks.bishop(square, occupied);
      }
      if ((at.straights() & bit) != 0) {
        targets |= Attacks.rook(square, occupied);
      }
      targets &= ~own & stopping;
    }
    return (pinned & bit) == 0 ? targets : targets & Attacks.line(king, square);
  }

  private long ofPawn(int square, long bit) {
    long steps = (bit << 8) & ~occupied;
    steps |= ((steps & 0xFF_0000L) << 8) & ~occupied;
    long captures = Attacks.pawnsUp(bit);
    long targets = (steps | (captures & other)) & stopping;
    int enPassant = at.enPassant();
    if (enPassant >= 0 && (captures >>> enPassant & 1) != 0 && enPassantIsSafe(square, enPassant)) {
      targets |= 1L << enPassant;
    }
    return targets;
  }

  /** Two pawns leave a row at once, and the one that is taken may have given check. */
  private boolean enPassantIsSafe(int from, int to) {
    long taken = 1L << (to - 8);
    long after = (occupied ^ (1L << from) ^ taken) | 1L << to;
    long attackers =
        ((Attacks.bishop(king, after) & at.diagonals())
                | (Attacks.rook(king, after) & at.straights()))
            & other;
    // Any other piece that gives check goes on doing so: a knight, or a pawn that is not taken.
    return attackers == 0 && (at.checkers() & (at.knights() | at.pawns()) & ~taken) == 0;
  }

  private long ofKing() {
    long targets = Attacks.king(king) & ~own;
    if (targets != 0) {
      targets &= ~danger();
    }
    if (at.checkers() == 0 && king == 4) {
      if ((at.castling() & ChessPosition.OWN_SHORT) != 0
          && (occupied & 0x60) == 0
          && (danger() & 0x60) == 0) {
        targets |= 0x40;
      }
      if ((at.castling() & ChessPosition.OWN_LONG) != 0
          && (occupied & 0x0E) == 0
          && (danger() & 0x0C) == 0) {
        targets |= 0x04;
      }
    }
    return targets;
  }

  boolean any() {
    if (ofKing() != 0) {
      return true;
    }
    for (long left = own; left != 0; left &= left - 1) {
      if (of(Long.numberOfTrailingZeros(left)) != 0) {
        return true;
      }
    }
    return false;
  }
}

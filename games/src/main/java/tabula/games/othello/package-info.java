/** Othello: discs that stand between two of the other side's turn over. */
@NullMarked
package tabula.games.othello;

import org.jspecify.annotations.NullMarked;

/** Tic-tac-toe: three in a line wins. */
@NullMarked
package tabula.games.tictactoe;

import org.jspecify.annotations.NullMarked;

/** Gomoku: five in a row, or more, win. */
@NullMarked
package tabula.games.gomoku;

import org.jspecify.annotations.NullMarked;

/** Tests of Gomoku's rules. */
@NullMarked
package tabula.games.gomoku;

import org.jspecify.annotations.NullMarked;

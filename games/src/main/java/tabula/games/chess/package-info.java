/** Chess. */
@NullMarked
package tabula.games.chess;

import org.jspecify.annotations.NullMarked;

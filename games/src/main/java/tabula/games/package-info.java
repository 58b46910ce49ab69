/** The rules of board games: immutable positions, their moves and outcomes. Depends on nothing. */
@NullMarked
package tabula.games;

import org.jspecify.annotations.NullMarked;

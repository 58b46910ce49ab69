/** English draughts: men step and jump forward, and kings in all directions. */
@NullMarked
package tabula.games.checkers;

import org.jspecify.annotations.NullMarked;

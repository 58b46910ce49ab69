/** Tests of the rules: the contract of all games, and what only this game has. */
@NullMarked
package tabula.games.connectfour;

import org.jspecify.annotations.NullMarked;

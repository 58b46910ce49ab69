@NullMarked
package tabula.games.tictactoe;

import org.jspecify.annotations.NullMarked;

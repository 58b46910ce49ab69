/** Connect Four: drop discs, four in a line wins. */
@NullMarked
package tabula.games.connectfour;

import org.jspecify.annotations.NullMarked;

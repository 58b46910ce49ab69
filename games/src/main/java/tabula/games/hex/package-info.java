/** Hex: a chain across the board wins. */
@NullMarked
package tabula.games.hex;

import org.jspecify.annotations.NullMarked;

/** Tests of Hex's rules. */
@NullMarked
package tabula.games.hex;

import org.jspecify.annotations.NullMarked;

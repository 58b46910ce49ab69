/** The suite that every game passes, and the tests of what all games share. */
@NullMarked
package tabula.games;

import org.jspecify.annotations.NullMarked;

/** Tests of checkers. */
@NullMarked
package tabula.games.checkers;

import org.jspecify.annotations.NullMarked;

/** Breakthrough: the first to reach the other side wins. */
@NullMarked
package tabula.games.breakthrough;

import org.jspecify.annotations.NullMarked;

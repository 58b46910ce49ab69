/** Tests of Breakthrough's rules, beside a slow implementation of them. */
@NullMarked
package tabula.games.breakthrough;

import org.jspecify.annotations.NullMarked;

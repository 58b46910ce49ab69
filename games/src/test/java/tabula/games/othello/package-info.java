/** Tests of Othello's rules: known counts, and a slow implementation beside them. */
@NullMarked
package tabula.games.othello;

import org.jspecify.annotations.NullMarked;

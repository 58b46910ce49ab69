/** From a position to a decision: tree searches, guided and plain, and solvers. */
@NullMarked
package tabula.agents.search;

import org.jspecify.annotations.NullMarked;

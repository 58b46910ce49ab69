/** Solvers: the truth about a position, where it can be computed. */
@NullMarked
package tabula.agents.solve;

import org.jspecify.annotations.NullMarked;

/** Tests of the solvers against what is known and against plain search. */
@NullMarked
package tabula.agents.solve;

import org.jspecify.annotations.NullMarked;

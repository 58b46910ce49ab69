/** Position in, priors and value out: all that a search knows of a network. */
@NullMarked
package tabula.agents.evaluate;

import org.jspecify.annotations.NullMarked;

/** Tests of agents as players. */
@NullMarked
package tabula.agents;

import org.jspecify.annotations.NullMarked;

/** Who plays: agents, and the specs that name them. */
@NullMarked
package tabula.agents;

import org.jspecify.annotations.NullMarked;

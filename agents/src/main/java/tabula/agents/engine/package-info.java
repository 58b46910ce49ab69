/** Engines of others as agents, and agents as engines for the programs of others: GTP and UCI. */
@NullMarked
package tabula.agents.engine;

import org.jspecify.annotations.NullMarked;

/** Matches of many games between two agents, and what their score says of their strength. */
@NullMarked
package tabula.agents.arena;

import org.jspecify.annotations.NullMarked;

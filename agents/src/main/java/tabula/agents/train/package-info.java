/** Self-play, the replay of its games, learning from them, and the gate that publishes. */
@NullMarked
package tabula.agents.train;

import org.jspecify.annotations.NullMarked;

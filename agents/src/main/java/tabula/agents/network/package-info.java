/** Policy and value networks: what they are, their files, and the seams behind which ND4J stays. */
@NullMarked
package tabula.agents.network;

import org.jspecify.annotations.NullMarked;

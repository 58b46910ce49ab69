@NullMarked
package tabula.agents.rl4j;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.agents.arena;

import org.jspecify.annotations.NullMarked;

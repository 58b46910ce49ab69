@NullMarked
package tabula.agents.train;

import org.jspecify.annotations.NullMarked;

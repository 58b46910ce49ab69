@NullMarked
package tabula.agents.solve;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.agents.insight;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.agents.search;

import org.jspecify.annotations.NullMarked;

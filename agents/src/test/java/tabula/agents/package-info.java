@NullMarked
package tabula.agents;

import org.jspecify.annotations.NullMarked;

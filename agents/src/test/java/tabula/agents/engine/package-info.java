/** Tests of engines, both ways. */
@NullMarked
package tabula.agents.engine;

import org.jspecify.annotations.NullMarked;

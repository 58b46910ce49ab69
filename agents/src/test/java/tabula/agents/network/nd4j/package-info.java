@NullMarked
package tabula.agents.network.nd4j;

import org.jspecify.annotations.NullMarked;

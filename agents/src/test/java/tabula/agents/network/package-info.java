@NullMarked
package tabula.agents.network;

import org.jspecify.annotations.NullMarked;

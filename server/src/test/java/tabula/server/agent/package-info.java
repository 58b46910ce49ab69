@NullMarked
package tabula.server.agent;

import org.jspecify.annotations.NullMarked;

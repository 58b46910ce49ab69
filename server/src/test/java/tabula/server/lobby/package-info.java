@NullMarked
package tabula.server.lobby;

import org.jspecify.annotations.NullMarked;

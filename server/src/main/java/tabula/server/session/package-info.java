/** HTTP and websocket: every byte from outside is checked here. */
@NullMarked
package tabula.server.session;

import org.jspecify.annotations.NullMarked;

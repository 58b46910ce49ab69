/** Where matches are played: the one who writes them, and lets the server's agents move. */
@NullMarked
package tabula.server.host;

import org.jspecify.annotations.NullMarked;

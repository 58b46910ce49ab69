/** Matches: pure states moved by events, and the one who writes them. */
@NullMarked
package tabula.server.match;

import org.jspecify.annotations.NullMarked;

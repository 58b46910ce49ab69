/** Matches: pure states moved by events, and who judges what may happen in them. */
@NullMarked
package tabula.server.match;

import org.jspecify.annotations.NullMarked;

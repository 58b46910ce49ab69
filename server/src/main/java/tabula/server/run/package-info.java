/**
 * Training runs as things that somebody owns: what they are, what may be done with them, and their
 * files.
 */
@NullMarked
package tabula.server.run;

import org.jspecify.annotations.NullMarked;

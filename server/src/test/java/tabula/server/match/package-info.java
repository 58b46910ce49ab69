/** Tests of matches and of the rules by which they answer. */
@NullMarked
package tabula.server.match;

import org.jspecify.annotations.NullMarked;

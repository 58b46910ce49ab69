@NullMarked
package tabula.server.match;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server.ladder;

import org.jspecify.annotations.NullMarked;

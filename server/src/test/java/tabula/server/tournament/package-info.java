@NullMarked
package tabula.server.tournament;

import org.jspecify.annotations.NullMarked;

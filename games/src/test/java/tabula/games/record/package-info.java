@NullMarked
package tabula.games.record;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.games;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.games.connectfour;

import org.jspecify.annotations.NullMarked;

/** Go by the rules of Tromp and Taylor: surround more than the other side. */
@NullMarked
package tabula.games.go;

import org.jspecify.annotations.NullMarked;

/** Tests of Go. */
@NullMarked
package tabula.games.go;

import org.jspecify.annotations.NullMarked;

/** Tabula's program: it wires the rooms together. */
@NullMarked
package tabula.server;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server.store;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server.training;

import org.jspecify.annotations.NullMarked;

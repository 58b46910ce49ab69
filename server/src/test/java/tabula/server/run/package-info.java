@NullMarked
package tabula.server.run;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server.insight;

import org.jspecify.annotations.NullMarked;

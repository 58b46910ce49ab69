@NullMarked
package tabula.server.conformance;

import org.jspecify.annotations.NullMarked;

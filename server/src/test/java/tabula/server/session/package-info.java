@NullMarked
package tabula.server.session;

import org.jspecify.annotations.NullMarked;

@NullMarked
package tabula.server.command;

import org.jspecify.annotations.NullMarked;

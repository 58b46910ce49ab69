/** The command line, one class a command. */
@NullMarked
package tabula.server.command;

import org.jspecify.annotations.NullMarked;

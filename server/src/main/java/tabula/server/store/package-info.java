/** What is kept: matches as their events in a database, checkpoints as files. */
@NullMarked
package tabula.server.store;

import org.jspecify.annotations.NullMarked;

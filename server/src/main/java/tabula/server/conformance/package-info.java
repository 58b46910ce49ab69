/** Whether a server, or a bot, keeps the protocol's promises, seen from outside. */
@NullMarked
package tabula.server.conformance;

import org.jspecify.annotations.NullMarked;

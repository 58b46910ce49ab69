/** Server-side agents, thinking on threads of their own. */
@NullMarked
package tabula.server.agent;

import org.jspecify.annotations.NullMarked;

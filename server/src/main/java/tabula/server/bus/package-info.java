/** Typed clients over the event bus; the only place that knows an address. */
@NullMarked
package tabula.server.bus;

import org.jspecify.annotations.NullMarked;

/** The published contract, as the server reads it: schemas, and what is wrong with a message. */
@NullMarked
package tabula.server.protocol;

import org.jspecify.annotations.NullMarked;

/** Tests of the contract. */
@NullMarked
package tabula.server.protocol;

import org.jspecify.annotations.NullMarked;

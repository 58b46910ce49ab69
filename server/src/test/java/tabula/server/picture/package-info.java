/** Tests of the contract. */
@NullMarked
package tabula.server.picture;

import org.jspecify.annotations.NullMarked;

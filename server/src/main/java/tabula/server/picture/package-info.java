/** Positions as pictures, for those who are not on the page. */
@NullMarked
package tabula.server.picture;

import org.jspecify.annotations.NullMarked;

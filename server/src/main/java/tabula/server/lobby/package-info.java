/** Who would like to play, and who meets whom: availability, challenges and pairing. */
@NullMarked
package tabula.server.lobby;

import org.jspecify.annotations.NullMarked;

/** Tournaments: who meets whom, and how they stand. Pure; a tournament is its events. */
@NullMarked
package tabula.server.tournament;

import org.jspecify.annotations.NullMarked;

package tabula.server.lobby;

import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.lobby.Wishes.Terms;
import tabula.server.match.Seat;

/**
 * Somebody would like a match.
 *
 * @param id the match's, once somebody accepts
 * @param from who challenges
 * @param to the id of whom; null for whoever comes first
 * @param side which the challenger would like; null for either
 * @param expiresAt in milliseconds since 1970
 */
public record Challenge(
    String id, Seat from, @Nullable String to, Terms terms, @Nullable Side side, long expiresAt) {}

package tabula.server.match;

/**
 * An event and when it happened.
 *
 * @param at milliseconds since 1970, by the server's clock
 */
public record TimedEvent(long at, MatchEvent event) {}

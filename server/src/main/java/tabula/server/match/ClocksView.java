package tabula.server.match;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the clocks of a match show: see {@code docs/protocol/protocol.md}.
 *
 * @param running the side whose clock runs, {@code first} or {@code second}
 * @param firstMoveMs how long the match waits for a side's first move, while it does
 * @param at when they show it, by the server's clock
 */
public record ClocksView(
    long first,
    long second,
    @Nullable String running,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long firstMoveMs,
    long at) {

  /** What they show later, if nothing happens. */
  public ClocksView later(long now) {
    long passed = Math.max(0, now - at);
    return new ClocksView(
        "first".equals(running) ? Math.max(0, first - passed) : first,
        "second".equals(running) ? Math.max(0, second - passed) : second,
        running,
        firstMoveMs == null ? null : Math.max(0, firstMoveMs - passed),
        at + passed);
  }
}

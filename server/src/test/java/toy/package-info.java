/** A game from outside: what docs/guides/adding-a-game.md leads to. */
@NullMarked
package toy;

import org.jspecify.annotations.NullMarked;

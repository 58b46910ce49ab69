/**
 * What a network has learnt: what its layers see, what a decision rests on, what deceives it, what
 * excites its neurons, and which concepts can be read off them. Everything is computed from its own
 * gradients, and is the same again for the same seed.
 */
@NullMarked
package tabula.agents.insight;

import org.jspecify.annotations.NullMarked;

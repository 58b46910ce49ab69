/** A training run as verticles: self-play, the learner, the gate, and who watches them. */
@NullMarked
package tabula.server.training;

import org.jspecify.annotations.NullMarked;

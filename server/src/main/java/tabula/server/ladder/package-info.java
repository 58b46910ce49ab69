/**
 * How strong players are: ratings, and what they are measured against. Pure; the store keeps them.
 */
@NullMarked
package tabula.server.ladder;

import org.jspecify.annotations.NullMarked;

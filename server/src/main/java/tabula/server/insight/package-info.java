/** What a network has learnt, as answers to questions that can be asked again by their address. */
@NullMarked
package tabula.server.insight;

import org.jspecify.annotations.NullMarked;

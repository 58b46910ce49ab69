/** Strength measured against the truth: positions whose moves' values a solver knows. */
@NullMarked
package tabula.agents.measure;

import org.jspecify.annotations.NullMarked;

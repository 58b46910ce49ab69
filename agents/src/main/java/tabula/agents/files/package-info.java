/** Files that are there whole or not at all. */
@NullMarked
package tabula.agents.files;

import org.jspecify.annotations.NullMarked;

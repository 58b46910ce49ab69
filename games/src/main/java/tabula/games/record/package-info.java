/**
 * Games as people and other programs write them down. A {@link tabula.games.record.Sheet} is what
 * stands in a text; a {@link tabula.games.record.RecordFormat} is what that means in a game; {@link
 * tabula.games.record.Records} reads any text.
 */
@NullMarked
package tabula.games.record;

import org.jspecify.annotations.NullMarked;

package tabula.games.record;

import java.util.List;

/**
 * A game that was read.
 *
 * @param line where it begins, from 1
 * @param notes in what it differs from games by the rules here; empty for most
 */
public record ReadGame(RecordedGame game, int line, List<Note> notes) {}

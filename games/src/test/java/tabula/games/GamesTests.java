package tabula.games;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GamesTests {

  @Test
  void get_ofAnUnknownName_listsThoseThatThereAre() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Games.get("chess"));
    assertEquals(
        "There is no game 'chess'. Games: connect-four, tic-tac-toe.", thrown.getMessage());
  }

  @Test
  void ids_areDistinct() {
    assertEquals(Games.all().size(), Games.all().stream().map(Game::id).distinct().count());
  }
}

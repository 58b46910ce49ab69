package tabula.games;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GamesTests {

  @Test
  void get_ofAnUnknownName_listsThoseThatThereAre() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Games.get("shogi"));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith("There is no game 'shogi'. Games: connect-four, tic-tac-toe, "));
    for (Game game : Games.all()) {
      assertTrue(message.contains(game.id()), message);
    }
  }

  @Test
  void ids_areDistinct() {
    assertEquals(Games.all().size(), Games.all().stream().map(Game::id).distinct().count());
  }
}

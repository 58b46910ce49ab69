package tabula.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSpecTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "mcts:1000",
        "alphabeta:8",
        "perfect",
        "net:latest?visits=200",
        "net:some/file.tabula?visits=0&search=puct"
      })
  void parse_ofTheCanonicalForm_isWrittenTheSame(String text) {
    assertEquals(text, AgentSpec.parse(text).toString());
  }

  @Test
  void parse_ofANetWithoutOptions_takesTheCustomaryOnes() {
    assertEquals(
        new AgentSpec.Net("latest", 100, AgentSpec.SearchKind.GUMBEL),
        AgentSpec.parse("net:latest"));
    assertEquals(
        AgentSpec.parse("net:a?search=puct"), AgentSpec.parse("net:a?search=puct&visits=100"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stockfish | no agent of the kind 'stockfish'",
        "'' | no agent of the kind ''",
        "mcts | simulations must be a number from 1 to 10000000, not ''",
        "mcts:0 | simulations must be",
        "mcts:1e3 | simulations must be",
        "mcts:99999999999 | simulations must be",
        "alphabeta:65 | depth must be a number from 1 to 64, not '65'",
        "perfect:3 | 'perfect' takes nothing after it",
        "random:3 | 'random' takes nothing after it",
        "net: | needs a checkpoint",
        "net:a?visits=-1 | visits must be",
        "net:a?search=minimax | search is gumbel or puct, not 'minimax'",
        "net:a?depth=3 | no option 'depth'",
        "net:a? | no option ''"
      })
  void parse_ofSomethingElse_saysWhatWasWrongAndWhatWouldBeRight(String text, String reason) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> AgentSpec.parse(text));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(reason), message);
    assertTrue(message.endsWith("Forms: " + AgentSpec.FORMS + "."), message);
  }
}

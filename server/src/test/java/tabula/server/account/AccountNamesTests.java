package tabula.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNamesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "ada lovelace",
        "Árvíztűrő",
        "bot_7",
        "jean-luc",
        "o'neil",
        "Ωμέγα",
        "Иван",
        "山田太郎",
        "عمر"
      })
  void name_ofLetters_isTaken(String name) {
    assertEquals(Optional.empty(), AccountNames.problem(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1234567890123456789012345678901",
        " ada",
        "ada ",
        "ada  l",
        "-ada",
        "ada..l",
        "a\tb",
        "a\u0000b",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "a\u00adb",
        "a\u200fb",
        "<b>",
        "a/b",
        "😀😀",
        "p\u0430ypal",
        "A\u0301da",
        "ﬁne",
        "Guest",
        "gUEST",
        "vendég",
        "Adm1n",
        "\u0412endég"
      })
  void name_thatCouldMislead_isRefused(String name) {
    assertTrue(AccountNames.problem(name).isPresent(), name);
  }

  @ParameterizedTest
  @CsvSource({
    "Ada, ADA",
    "Ivan, lvan",
    "Ivan, ivan",
    "b0b, bob",
    "paypal, раураl",
    "Modern, Modem",
    "Straße, STRASSE",
    "Ada, Аdа",
    "Jean Luc, JeanLuc",
    "ﬁne, fine",
    "Ωμέγα, ωΜΈΓΑ"
  })
  void names_thatLookAlike_areOne(String one, String other) {
    assertEquals(AccountNames.fold(one), AccountNames.fold(other));
  }

  @Test
  void names_thatDiffer_areTwo() {
    assertNotEquals(AccountNames.fold("Ada"), AccountNames.fold("Ádá"));
    assertNotEquals(AccountNames.fold("bot-1"), AccountNames.fold("bot-2"));
  }
}

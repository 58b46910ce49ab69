package tabula.server.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tabula.server.ladder.Glicko2.Played;

class Glicko2Tests {

  private static Rating rating(double rating, double deviation) {
    return new Rating(rating, deviation, 0.06, 0, 0);
  }

  @Test
  void after_thePapersExample_isWhatThePaperSays() {
    Rating after =
        Glicko2.after(
            rating(1500, 200),
            List.of(
                new Played(rating(1400, 30), 1),
                new Played(rating(1550, 100), 0),
                new Played(rating(1700, 300), 0)),
            1,
            77);
    assertEquals(1464.06, after.rating(), 0.01);
    assertEquals(151.52, after.deviation(), 0.01);
    assertEquals(0.05999, after.volatility(), 0.00001);
    assertEquals(3, after.games());
    assertEquals(77, after.at());
  }

  @Test
  void after_resultsThatSurprise_volatilityGrows() {
    Rating player = rating(1500, 50);
    Rating after = player;
    for (int i = 0; i < 20; i++) {
      after = Glicko2.after(after, List.of(new Played(rating(2200, 50), 1)), 1, i);
    }
    assertTrue(after.volatility() > player.volatility(), after::toString);
    assertTrue(after.rating() > 1700, after::toString);
  }

  @Test
  void aged_growsLessCertain_butNeverBeyondAStranger() {
    Rating player = rating(1800, 60);
    Rating year = Glicko2.aged(player, 365);
    assertEquals(1800, year.rating());
    assertTrue(year.deviation() > 150 && year.deviation() < 350, year::toString);
    assertEquals(350, Glicko2.aged(player, 1e9).deviation());
    assertEquals(player, Glicko2.aged(player, 0));
  }
}

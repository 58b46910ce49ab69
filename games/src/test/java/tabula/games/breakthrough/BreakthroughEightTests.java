package tabula.games.breakthrough;

class BreakthroughEightTests extends BreakthroughContract {

  BreakthroughEightTests() {
    super(Breakthrough.EIGHT);
  }
}

package tabula.games.breakthrough;

class BreakthroughSixTests extends BreakthroughContract {

  BreakthroughSixTests() {
    super(Breakthrough.SIX);
  }
}

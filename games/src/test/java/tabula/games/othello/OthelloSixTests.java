package tabula.games.othello;

class OthelloSixTests extends OthelloContract {

  OthelloSixTests() {
    super(Othello.SIX);
  }
}

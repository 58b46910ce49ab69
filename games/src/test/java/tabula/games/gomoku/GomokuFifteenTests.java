package tabula.games.gomoku;

class GomokuFifteenTests extends GomokuContract {

  GomokuFifteenTests() {
    super(Gomoku.FIFTEEN);
  }
}

package tabula.games.gomoku;

class GomokuNineTests extends GomokuContract {

  GomokuNineTests() {
    super(Gomoku.NINE);
  }
}

package tabula.games.go;

class GoNineTests extends GoContract {

  GoNineTests() {
    super(Go.NINE);
  }
}

package tabula.games.go;

class GoSevenTests extends GoContract {

  GoSevenTests() {
    super(Go.SEVEN);
  }
}

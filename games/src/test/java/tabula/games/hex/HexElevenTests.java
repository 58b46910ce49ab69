package tabula.games.hex;

class HexElevenTests extends HexContract {

  HexElevenTests() {
    super(Hex.ELEVEN);
  }

  @Override
  int randomGames() {
    return 20_000;
  }
}

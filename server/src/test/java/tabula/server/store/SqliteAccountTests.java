package tabula.server.store;

class SqliteAccountTests extends AccountContract {

  private int databases;

  @Override
  DatabaseConfig empty() {
    return new DatabaseConfig(folder.resolve("data" + databases++), null);
  }
}

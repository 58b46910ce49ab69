package tabula.server.store;

class SqliteRatingTests extends RatingContract {

  @Override
  DatabaseConfig empty(int number) {
    return new DatabaseConfig(folder.resolve("data" + number), null);
  }
}

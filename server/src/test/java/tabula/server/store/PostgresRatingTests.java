package tabula.server.store;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresRatingTests extends RatingContract {

  private static @Nullable TestPostgres postgres;

  @BeforeAll
  static void startPostgres() throws IOException, InterruptedException {
    postgres = TestPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  DatabaseConfig empty(int number) throws SQLException {
    if (postgres == null) {
      throw new IllegalStateException("not started");
    }
    return postgres.newDatabase();
  }
}

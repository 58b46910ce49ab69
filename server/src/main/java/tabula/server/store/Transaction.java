package tabula.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is written together on one connection: statements prepared once, and sent in batches. After
 * a commit or a rollback the next one begins.
 */
final class Transaction implements AutoCloseable {
  /** SQL's state for a write that breaks a rule of the schema. */
  private static final String BROKEN_RULE = "23000";

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
  private final Map<String, PreparedStatement> batches = new LinkedHashMap<>();

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /** A statement to fill in and add to its batch. Each of a batch must change a row. */
  PreparedStatement batch(String sql) throws SQLException {
    PreparedStatement statement = prepare(sql);
    batches.putIfAbsent(sql, statement);
    return statement;
  }

  /** A statement to run at once, after the batches before it. */
  PreparedStatement now(String sql) throws SQLException {
    flush();
    return prepare(sql);
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  void flush() throws SQLException {
    for (PreparedStatement statement : batches.values()) {
      for (int changed : statement.executeBatch()) {
        if (changed == 0) {
          throw new SQLException("The match of an event is not there.", BROKEN_RULE);
        }
      }
    }
    batches.clear();
  }

  void commit() throws SQLException {
    flush();
    connection.commit();
  }

  void rollback() throws SQLException {
    for (PreparedStatement statement : batches.values()) {
      statement.clearBatch();
    }
    batches.clear();
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

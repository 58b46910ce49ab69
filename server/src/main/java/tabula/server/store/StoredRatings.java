package tabula.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tabula.server.ladder.Anchors;
import tabula.server.ladder.Player;
import tabula.server.ladder.Rating;
import tabula.server.ladder.Ratings;

/** Ratings to read: the newest in memory, and all that is told of a player in the database. */
public final class StoredRatings implements Ratings {

  /** A player's rating in one game and pool. */
  public record Entry(Player player, String game, String pool, Rating rating) {}

  /**
   * A rated match as one of its players sees it.
   *
   * @param score 1, 0.5 or 0
   * @param rating the player's, after it
   */
  public record Played(
      String matchId,
      String game,
      String pool,
      long endedAt,
      Player opponent,
      double score,
      double rating) {}

  private static final int MOST_GAMES = 100;

  private static final String ENTRIES =
      "select player.id, player.name, player.kind, rating.game, rating.pool, rating.rating,"
          + " rating.deviation, rating.volatility, rating.games, rating.at"
          + " from rating join player on player.id = rating.player";
  private static final String PLAYED =
      "select match.id, rated_game.game, rated_game.pool, rated_game.ended_at, player.id,"
          + " player.name, player.kind, %s, %s"
          + " from rated_game join match on match.number = rated_game.match_number"
          + " join player on player.id = %s where %s = ?";
  private static final String PLAYED_BY =
      PLAYED.formatted("first_score", "first_rating", "second_player", "first_player")
          + " union all "
          + PLAYED.formatted("1 - first_score", "second_rating", "first_player", "second_player")
          + " order by 4 desc limit "
          + MOST_GAMES;

  private final Database database;
  private final Map<RatingTables.Key, Rating> newest = new ConcurrentHashMap<>();

  private StoredRatings(Database database) {
    this.database = database;
  }

  static StoredRatings of(Database database) throws SQLException {
    StoredRatings ratings = new StoredRatings(database);
    try (Connection reading = database.read();
        PreparedStatement statement = reading.prepareStatement(ENTRIES)) {
      for (Entry entry : entries(statement)) {
        ratings.newest.put(
            new RatingTables.Key(entry.player().id(), entry.game(), entry.pool()), entry.rating());
      }
    }
    return ratings;
  }

  void changed(Map<RatingTables.Key, Rating> ratings) {
    newest.putAll(ratings);
  }

  @Override
  public Rating of(String player, String game, String pool) {
    return newest.getOrDefault(
        new RatingTables.Key(player, game, pool), Anchors.before(game, player));
  }

  /** All who have a rating in a game and pool, the best first. Blocks. */
  public List<Entry> ladder(String game, String pool) throws StoreException {
    try (Connection reading = database.read();
        PreparedStatement statement =
            reading.prepareStatement(
                ENTRIES
                    + " where rating.game = ? and rating.pool = ?"
                    + " order by rating.rating desc, player.id")) {
      statement.setString(1, game);
      statement.setString(2, pool);
      return entries(statement);
    } catch (SQLException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  /** A player's ratings. Blocks. */
  public List<Entry> of(String player) throws StoreException {
    try (Connection reading = database.read();
        PreparedStatement statement =
            reading.prepareStatement(
                ENTRIES + " where player.id = ? order by rating.game, rating.pool")) {
      statement.setString(1, player);
      return entries(statement);
    } catch (SQLException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  /** A player's newest rated matches, the newest first. Blocks. */
  public List<Played> played(String player) throws StoreException {
    List<Played> played = new ArrayList<>();
    try (Connection reading = database.read();
        PreparedStatement statement = reading.prepareStatement(PLAYED_BY)) {
      statement.setString(1, player);
      statement.setString(2, player);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          played.add(
              new Played(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getLong(4),
                  player(rows, 5),
                  rows.getDouble(8),
                  rows.getDouble(9)));
        }
      }
      return played;
    } catch (SQLException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new Entry(
                player(rows, 1),
                rows.getString(4),
                rows.getString(5),
                RatingTables.rating(rows, 6)));
      }
    }
    return entries;
  }

  private static Player player(ResultSet rows, int column) throws SQLException {
    return new Player(
        rows.getString(column),
        rows.getString(column + 1),
        Player.Kind.valueOf(rows.getString(column + 2).toUpperCase(Locale.ROOT)));
  }
}

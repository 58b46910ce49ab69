package tabula.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tabula.server.ladder.Anchors;
import tabula.server.ladder.Player;
import tabula.server.ladder.RatedGame;
import tabula.server.ladder.Rating;

/**
 * Ratings as the database has them: what follows from the matches' events, kept so that nobody
 * computes it anew. Rated games have an order, that of their ends, and no two end at one time.
 */
final class RatingTables {

  /** What is rated. */
  record Key(String player, String game, String pool) {}

  private static final String LAST = "select max(ended_at) from rated_game";
  private static final String FIND =
      "select rating, deviation, volatility, games, at from rating"
          + " where game = ? and pool = ? and player = ?";
  private static final String PUT_PLAYER =
      "insert into player (id, name, kind) values (?, ?, ?)"
          + " on conflict (id) do update set name = excluded.name, kind = excluded.kind";
  private static final String PUT_RATING =
      "insert into rating (game, pool, player, rating, deviation, volatility, games, at)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (game, pool, player) do update set"
          + " rating = excluded.rating, deviation = excluded.deviation,"
          + " volatility = excluded.volatility, games = excluded.games, at = excluded.at";
  private static final String PUT_GAME =
      "insert into rated_game (match_number, game, pool, ended_at, first_player, second_player,"
          + " first_score, first_rating, second_rating)"
          + " select number, ?, ?, ?, ?, ?, ?, ?, ? from match where id = ?";

  private RatingTables() {}

  /** The game as the last one: by the clock, and in any case after those before. */
  static RatedGame asTheLast(Transaction transaction, RatedGame game) throws SQLException {
    try (ResultSet rows = transaction.now(LAST).executeQuery()) {
      rows.next();
      long last = rows.getLong(1);
      return game.endedAt() > last ? game : game.endedAt(last + 1);
    }
  }

  /** Rates the players of a game that is the last so far. */
  static Map<Key, Rating> add(Transaction transaction, RatedGame game) throws SQLException {
    Map<Key, Rating> ratings = new LinkedHashMap<>();
    for (Player player : new Player[] {game.first(), game.second()}) {
      ratings.put(key(game, player), find(transaction, key(game, player)));
    }
    rate(transaction, game, ratings);
    for (Map.Entry<Key, Rating> rating : ratings.entrySet()) {
      put(transaction, rating.getKey(), rating.getValue());
    }
    return ratings;
  }

  /** Rates from the beginning: in place of all that is there. */
  static Map<Key, Rating> replace(Transaction transaction, Iterable<RatedGame> games)
      throws SQLException {
    for (String table : new String[] {"rating", "rated_game", "player"}) {
      transaction.now("delete from " + table).executeUpdate();
    }
    Map<Key, Rating> ratings = new HashMap<>();
    for (RatedGame game : games) {
      rate(transaction, game, ratings);
    }
    for (Map.Entry<Key, Rating> rating : ratings.entrySet()) {
      put(transaction, rating.getKey(), rating.getValue());
    }
    return ratings;
  }

  private static void rate(Transaction transaction, RatedGame game, Map<Key, Rating> ratings)
      throws SQLException {
    Key first = key(game, game.first());
    Key second = key(game, game.second());
    RatedGame.Rated after =
        game.rate(
            ratings.getOrDefault(first, Anchors.before(game.game(), first.player())),
            ratings.getOrDefault(second, Anchors.before(game.game(), second.player())));
    ratings.put(first, after.first());
    ratings.put(second, after.second());
    put(transaction, game.first());
    put(transaction, game.second());
    PreparedStatement insert = transaction.batch(PUT_GAME);
    insert.setString(1, game.game());
    insert.setString(2, game.pool());
    insert.setLong(3, game.endedAt());
    insert.setString(4, first.player());
    insert.setString(5, second.player());
    insert.setDouble(6, game.firstScore());
    insert.setDouble(7, after.first().rating());
    insert.setDouble(8, after.second().rating());
    insert.setString(9, game.matchId());
    insert.addBatch();
  }

  private static Key key(RatedGame game, Player player) {
    return new Key(player.id(), game.game(), game.pool());
  }

  private static Rating find(Transaction transaction, Key key) throws SQLException {
    PreparedStatement find = transaction.now(FIND);
    find.setString(1, key.game());
    find.setString(2, key.pool());
    find.setString(3, key.player());
    try (ResultSet rows = find.executeQuery()) {
      return rows.next() ? rating(rows, 1) : Anchors.before(key.game(), key.player());
    }
  }

  /** A rating out of five columns. */
  static Rating rating(ResultSet rows, int column) throws SQLException {
    return new Rating(
        rows.getDouble(column),
        rows.getDouble(column + 1),
        rows.getDouble(column + 2),
        rows.getInt(column + 3),
        rows.getLong(column + 4));
  }

  private static void put(Transaction transaction, Player player) throws SQLException {
    PreparedStatement put = transaction.batch(PUT_PLAYER);
    put.setString(1, player.id());
    put.setString(2, player.name());
    put.setString(3, player.kind().name().toLowerCase(Locale.ROOT));
    put.addBatch();
  }

  private static void put(Transaction transaction, Key key, Rating rating) throws SQLException {
    PreparedStatement put = transaction.batch(PUT_RATING);
    put.setString(1, key.game());
    put.setString(2, key.pool());
    put.setString(3, key.player());
    put.setDouble(4, rating.rating());
    put.setDouble(5, rating.deviation());
    put.setDouble(6, rating.volatility());
    put.setInt(7, rating.games());
    put.setLong(8, rating.at());
    put.addBatch();
  }
}

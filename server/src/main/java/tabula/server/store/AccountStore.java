package tabula.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.AccountNames;
import tabula.server.account.Passkey;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;

/** Accounts and their tokens. What reads blocks; what writes says when it is on the disk. */
public final class AccountStore implements AutoCloseable {

  private static final String ACCOUNT =
      "select id, kind, name, owner, administers, sign_in_epoch, created_at, password from account";
  private static final String TOKEN =
      "select id, account, label, scopes, created_at, last_used_at, revoked_at from account_token";

  private static final String PASSKEY =
      "select id, account, credential, sign_count, created_at from passkey";

  /** An account and what is kept of its password; null if it cannot sign in with one. */
  public record Held(Account account, @Nullable String password) {}

  /** A good token and whose it is. */
  public record Pass(Account account, AccessToken token) {}

  private final Database database;
  private final Writer writer;

  AccountStore(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  /**
   * Opens the accounts beside a server that may have the database open; what is of an older version
   * is brought up to date where none has.
   */
  public static AccountStore openBeside(DatabaseConfig config) throws StoreException {
    Database database = config.openBeside();
    try {
      return new AccountStore(database, new Writer(database));
    } catch (SQLException e) {
      database.close();
      throw new StoreException(database.explain(e), e);
    }
  }

  @Override
  public void close() {
    writer.close();
    database.close();
  }

  private interface Change<T> {
    T run(Transaction transaction) throws SQLException;
  }

  private <T> CompletableFuture<T> write(Change<T> change) {
    AtomicReference<T> result = new AtomicReference<>();
    return writer
        .write(transaction -> result.set(change.run(transaction)))
        .thenApply(stored -> result.get());
  }

  private CompletableFuture<Boolean> changesOne(String sql, @Nullable Object... values) {
    return write(
        transaction -> {
          PreparedStatement statement = transaction.now(sql);
          bind(statement, values);
          return statement.executeUpdate() == 1;
        });
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /**
   * Stores a new account.
   *
   * @return false if the name, or one that looks like it, is another's
   */
  public CompletableFuture<Boolean> create(Account account, @Nullable String password) {
    return create(account, password, account.administers() ? "1" : "0");
  }

  /** The same; the account administers if no other does. */
  public CompletableFuture<Boolean> createAdministratorIfNone(
      Account account, @Nullable String password) {
    return create(
        account,
        password,
        "case when exists (select 1 from account where administers = 1) then 0 else 1 end");
  }

  /** Stores a new account together with the passkey that signs it in. */
  public CompletableFuture<Boolean> createWithPasskey(Account account, Passkey passkey) {
    return write(
        transaction ->
            insert(transaction, account, null, "0") && insert(transaction, passkey) == 1);
  }

  private CompletableFuture<Boolean> create(
      Account account, @Nullable String password, String administers) {
    return write(transaction -> insert(transaction, account, password, administers));
  }

  private static boolean insert(
      Transaction transaction, Account account, @Nullable String password, String administers)
      throws SQLException {
    PreparedStatement insert =
        transaction.now(
            ("insert into account (id, kind, name, folded_name, owner, administers, password,"
                    + " sign_in_epoch, created_at) values (?, ?, ?, ?, ?, %s, ?, ?, ?)"
                    + " on conflict do nothing")
                .formatted(administers));
    insert.setString(1, account.id());
    insert.setString(2, account.kind().code());
    insert.setString(3, account.name());
    insert.setString(4, AccountNames.fold(account.name()));
    insert.setString(5, account.owner());
    insert.setString(6, password);
    insert.setInt(7, account.signInEpoch());
    insert.setLong(8, account.createdAt());
    return insert.executeUpdate() == 1;
  }

  private static int insert(Transaction transaction, Passkey passkey) throws SQLException {
    PreparedStatement insert =
        transaction.now(
            "insert into passkey (id, account, credential, sign_count, created_at)"
                + " values (?, ?, ?, ?, ?)");
    bind(
        insert,
        passkey.id(),
        passkey.account(),
        passkey.credential(),
        passkey.signCount(),
        passkey.createdAt());
    return insert.executeUpdate();
  }

  /** Stores one more passkey of an account. */
  public CompletableFuture<Boolean> add(Passkey passkey) {
    return write(transaction -> insert(transaction, passkey) == 1);
  }

  /** A passkey by its id. */
  public Optional<Passkey> passkey(String id) throws StoreException {
    return list(PASSKEY + " where id = ?", AccountStore::passkey, id).stream().findFirst();
  }

  /** The passkeys of an account, oldest first. */
  public List<Passkey> passkeysOf(String account) throws StoreException {
    return list(
        PASSKEY + " where account = ? order by created_at, id", AccountStore::passkey, account);
  }

  /** Notes that a passkey was used. */
  public CompletableFuture<Boolean> used(Passkey passkey, long signCount, long now) {
    return changesOne(
        "update passkey set sign_count = ?, last_used_at = ? where id = ?",
        signCount,
        now,
        passkey.id());
  }

  /** An account by its id. */
  public Optional<Account> find(String id) throws StoreException {
    return list(ACCOUNT + " where id = ?", AccountStore::held, id).stream()
        .findFirst()
        .map(Held::account);
  }

  /** An account by its name, however that is written. */
  public Optional<Held> named(String name) throws StoreException {
    return list(ACCOUNT + " where folded_name = ?", AccountStore::held, AccountNames.fold(name))
        .stream()
        .findFirst();
  }

  /** The bots of a person, oldest first. */
  public List<Account> botsOf(String owner) throws StoreException {
    return list(ACCOUNT + " where owner = ? order by created_at, id", AccountStore::held, owner)
        .stream()
        .map(Held::account)
        .toList();
  }

  /** Every account that was made at a time or later, oldest first. */
  public List<Account> since(long time) throws StoreException {
    return list(
            ACCOUNT + " where created_at >= ? order by created_at, id", AccountStore::held, time)
        .stream()
        .map(Held::account)
        .toList();
  }

  /** Replaces a password; whoever is signed in by the one before is so no more. */
  public CompletableFuture<Boolean> changePassword(String account, String password) {
    return changesOne(
        "update account set password = ?, sign_in_epoch = sign_in_epoch + 1 where id = ?",
        password,
        account);
  }

  /** Keeps the same password by another hash. */
  public CompletableFuture<Boolean> rehash(String account, String from, String to) {
    return changesOne(
        "update account set password = ? where id = ? and password = ?", to, account, from);
  }

  /** Stores a new token by its hash. */
  public CompletableFuture<Boolean> add(AccessToken token, String hash) {
    return changesOne(
        "insert into account_token (id, account, hash, label, scopes, created_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        token.id(),
        token.account(),
        hash,
        token.label(),
        Scope.format(token.scopes()),
        token.createdAt());
  }

  /** The token of a hash, if it is good. */
  public Optional<Pass> pass(String hash) throws StoreException {
    Optional<AccessToken> token =
        list(TOKEN + " where hash = ? and revoked_at is null", AccountStore::token, hash).stream()
            .findFirst();
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return find(token.get().account()).map(account -> new Pass(account, token.get()));
  }

  /** A token by its id. */
  public Optional<AccessToken> token(String id) throws StoreException {
    return list(TOKEN + " where id = ?", AccountStore::token, id).stream().findFirst();
  }

  /** The good tokens of an account, oldest first. */
  public List<AccessToken> tokensOf(String account) throws StoreException {
    return list(
        TOKEN + " where account = ? and revoked_at is null order by created_at, id",
        AccountStore::token,
        account);
  }

  /** The ids of tokens that were revoked at a time or later. */
  public Set<String> revokedSince(long time) throws StoreException {
    return Set.copyOf(
        list(
            "select id from account_token where revoked_at >= ?", rows -> rows.getString(1), time));
  }

  /** Ends a token. */
  public CompletableFuture<Boolean> revoke(String token, long now) {
    return changesOne(
        "update account_token set revoked_at = ? where id = ? and revoked_at is null", now, token);
  }

  /** Notes that a token was used. */
  public CompletableFuture<Boolean> used(String token, long now) {
    return changesOne("update account_token set last_used_at = ? where id = ?", now, token);
  }

  /** A secret of the server's own: made once, and the same from then on. */
  public CompletableFuture<String> serverSecret(String name) {
    return write(
        transaction -> {
          PreparedStatement insert =
              transaction.now(
                  "insert into server_secret (name, secret) values (?, ?) on conflict do nothing");
          bind(insert, name, Secrets.newToken());
          insert.executeUpdate();
          PreparedStatement select =
              transaction.now("select secret from server_secret where name = ?");
          select.setString(1, name);
          try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getString(1);
          }
        });
  }

  private interface Row<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> row, Object... values) throws StoreException {
    List<T> found = new ArrayList<>();
    try (Connection reading = database.read();
        PreparedStatement statement = reading.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  private static Held held(ResultSet rows) throws SQLException {
    return new Held(
        new Account(
            rows.getString(1),
            Account.Kind.of(rows.getString(2)),
            rows.getString(3),
            rows.getString(4),
            rows.getInt(5) == 1,
            rows.getInt(6),
            rows.getLong(7)),
        rows.getString(8));
  }

  private static Passkey passkey(ResultSet rows) throws SQLException {
    return new Passkey(
        rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4), rows.getLong(5));
  }

  private static AccessToken token(ResultSet rows) throws SQLException {
    return new AccessToken(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        Scope.parse(rows.getString(4)),
        rows.getLong(5),
        time(rows, 6),
        time(rows, 7));
  }

  private static @Nullable Long time(ResultSet rows, int column) throws SQLException {
    long time = rows.getLong(column);
    return rows.wasNull() ? null : time;
  }
}

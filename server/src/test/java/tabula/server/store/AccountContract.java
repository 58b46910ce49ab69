package tabula.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;

/** What a store must do with accounts, whichever database is beneath. */
abstract class AccountContract {

  @SuppressWarnings("NullAway.Init") // opened before each test
  DatabaseConfig config;

  @SuppressWarnings("NullAway.Init")
  private MatchStore store;

  @SuppressWarnings("NullAway.Init")
  private AccountStore accounts;

  @TempDir Path folder = Path.of("");

  /** A database with nothing in it. */
  abstract DatabaseConfig empty() throws Exception;

  @BeforeEach
  void open() throws Exception {
    config = empty();
    store = MatchStore.open(config);
    accounts = store.accounts();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Account person(String name, long at) {
    return Account.person("id-" + name, name, false, at);
  }

  private static AccessToken token(String id, String account, Scope... scopes) {
    return new AccessToken(
        id, account, "on my desk", EnumSet.copyOf(List.of(scopes)), 10, null, null);
  }

  @Test
  void account_isTheSame_afterTheStoreWasClosed() throws StoreException {
    Account ada = Account.person("a1", "Ada", true, 7);
    Account bot = Account.bot("b1", "Ada's bot", "a1", 8);
    assertTrue(accounts.create(ada, "$hash").join());
    assertTrue(accounts.create(bot, null).join());
    store.close();
    store = MatchStore.open(config);
    accounts = store.accounts();
    assertEquals(Optional.of(ada), accounts.find("a1"));
    assertEquals(Optional.of(new AccountStore.Held(ada, "$hash")), accounts.named("aDA"));
    assertEquals(Optional.of(new AccountStore.Held(bot, null)), accounts.named("Ada's bot"));
    assertEquals(List.of(bot), accounts.botsOf("a1"));
    assertEquals(List.of(bot), accounts.since(8));
    assertEquals(Optional.empty(), accounts.find("b2"));
    assertEquals(Optional.empty(), accounts.named("Eve"));
  }

  @Test
  void name_thatLooksLikeAnothers_isNotTaken() throws StoreException {
    assertTrue(accounts.create(person("Ivan", 1), null).join());
    assertFalse(accounts.create(person("lvan", 2), null).join());
    assertFalse(accounts.create(person("IVAN", 3), null).join());
    assertEquals(1, accounts.since(0).size());
  }

  @Test
  void name_thatManyWantAtOnce_getsOne() throws StoreException {
    List<CompletableFuture<Boolean>> created = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      created.add(accounts.create(Account.person("id" + i, "Ada", false, i), null));
    }
    assertEquals(1, created.stream().filter(CompletableFuture::join).count());
    assertEquals(1, accounts.since(0).size());
  }

  @Test
  void firstAccountOfTheCommandLine_administers_andNoOther() throws StoreException {
    accounts.create(person("Guestling", 1), null).join();
    accounts.createAdministratorIfNone(person("Ada", 2), null).join();
    accounts.createAdministratorIfNone(person("Eve", 3), null).join();
    assertFalse(accounts.find("id-Guestling").orElseThrow().administers());
    assertTrue(accounts.find("id-Ada").orElseThrow().administers());
    assertFalse(accounts.find("id-Eve").orElseThrow().administers());
  }

  @Test
  void password_thatChanges_endsWhatTheOldOneSignedIn() throws StoreException {
    accounts.create(person("Ada", 1), "$one").join();
    assertTrue(accounts.changePassword("id-Ada", "$two").join());
    AccountStore.Held ada = accounts.named("Ada").orElseThrow();
    assertEquals("$two", ada.password());
    assertEquals(1, ada.account().signInEpoch());
    assertTrue(accounts.rehash("id-Ada", "$two", "$three").join());
    assertFalse(accounts.rehash("id-Ada", "$two", "$four").join());
    assertEquals(1, accounts.find("id-Ada").orElseThrow().signInEpoch());
    assertFalse(accounts.changePassword("nobody", "$").join());
  }

  @Test
  void token_isGood_untilItIsRevoked() throws StoreException {
    accounts.create(person("Ada", 1), null).join();
    String secret = Secrets.newToken();
    AccessToken token = token("t1", "id-Ada", Scope.RUN_WRITE, Scope.ADMIN);
    assertTrue(accounts.add(token, Secrets.hash(secret)).join());
    AccountStore.Pass pass = accounts.pass(Secrets.hash(secret)).orElseThrow();
    assertEquals(token, pass.token());
    assertEquals("Ada", pass.account().name());
    assertEquals(Optional.empty(), accounts.pass(Secrets.hash("another")));
    assertTrue(accounts.used("t1", 77).join());
    assertEquals(77L, accounts.tokensOf("id-Ada").getFirst().lastUsedAt());
    assertTrue(accounts.revoke("t1", 99).join());
    assertFalse(accounts.revoke("t1", 100).join());
    assertEquals(Optional.empty(), accounts.pass(Secrets.hash(secret)));
    assertEquals(List.of(), accounts.tokensOf("id-Ada"));
    assertEquals(99L, accounts.token("t1").orElseThrow().revokedAt());
    assertEquals(Set.of("t1"), accounts.revokedSince(99));
    assertEquals(Set.of(), accounts.revokedSince(100));
  }

  @Test
  void token_isNowhereInTheDatabase() throws Exception {
    accounts.create(person("Ada", 1), null).join();
    String secret = Secrets.newToken();
    accounts.add(token("t1", "id-Ada", Scope.ADMIN), Secrets.hash(secret)).join();
    Path copy = folder.resolve("copy.db");
    Backup.make(config, copy);
    String bytes = Files.readString(copy, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(Secrets.hash(secret)));
    assertFalse(bytes.contains(secret));
  }

  @Test
  void serverSecret_staysTheSame() {
    String secret = accounts.serverSecret("cookies").join();
    assertEquals(secret, accounts.serverSecret("cookies").join());
    assertNotEquals(secret, accounts.serverSecret("other").join());
  }

  @Test
  void commandLine_changesAccounts_besideTheServer() throws StoreException {
    try (AccountStore beside = AccountStore.openBeside(config)) {
      assertTrue(beside.create(person("Ada", 1), null).join());
      assertEquals("Ada", accounts.find("id-Ada").orElseThrow().name());
      accounts.create(person("Eve", 2), null).join();
      assertFalse(beside.create(person("Eve", 3), null).join());
    }
  }

  @Test
  void commandLine_makesTheDatabase_whereThereIsNone() throws Exception {
    DatabaseConfig fresh = empty();
    try (AccountStore first = AccountStore.openBeside(fresh)) {
      assertTrue(first.create(person("Ada", 1), null).join());
    }
    try (MatchStore server = MatchStore.open(fresh)) {
      assertEquals("Ada", server.accounts().find("id-Ada").orElseThrow().name());
    }
  }
}

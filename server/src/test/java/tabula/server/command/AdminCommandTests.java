package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.server.ServerConfig;
import tabula.server.TabulaServer;
import tabula.server.account.Account;
import tabula.server.account.Passwords;
import tabula.server.account.Secrets;
import tabula.server.store.AccountStore;
import tabula.server.store.DatabaseConfig;
import tabula.server.store.StoreException;

/** Accounts by the command line. */
class AdminCommandTests {

  private static final String PASSWORD = "a horse of nine colours";

  @TempDir private Path data = Path.of("");

  /** Runs {@code tabula admin} with a line on its standard input. */
  private Ran admin(String command) {
    List<String> arguments = new ArrayList<>(List.of("admin"));
    arguments.addAll(List.of(command.split(" ", -1)));
    arguments.addAll(List.of("--data", data.toString()));
    return Ran.runWithInput(PASSWORD + "\n", arguments.toArray(String[]::new));
  }

  private AccountStore accounts() throws StoreException {
    return AccountStore.openBeside(new DatabaseConfig(data, null));
  }

  @Test
  void firstAccount_administers_andHasItsPassword() throws StoreException {
    assertEquals(0, admin("account create ada").code());
    assertEquals(0, admin("account create eve").code());
    assertEquals(0, admin("account create grace --admin").code());
    assertEquals(0, admin("account create eve-bot --bot-of eve").code());
    String list = admin("account list").out();
    assertEquals(
        List.of("administers ada", "person eve", "administers grace", "bot eve-bot"),
        list.lines().map(line -> line.replaceAll("^\\S+ +", "").replaceAll(" +", " ")).toList());
    try (AccountStore accounts = accounts()) {
      AccountStore.Held ada = accounts.named("Ada").orElseThrow();
      assertTrue(Passwords.matches(PASSWORD, ada.password()));
      Account eve = accounts.named("eve").orElseThrow().account();
      assertEquals("eve-bot", accounts.botsOf(eve.id()).getFirst().name());
    }
  }

  @Test
  void token_isShownOnce_listed_andRevoked() throws StoreException {
    admin("account create ada");
    admin("account create deep --bot-of ada");
    Ran created = admin("token create deep --scope bot:play --label laptop");
    assertEquals(0, created.code(), created::err);
    String secret = created.out().strip();
    String listed = admin("token list deep").out();
    assertTrue(listed.contains("bot:play  laptop"), listed);
    assertFalse(listed.contains(secret));
    try (AccountStore accounts = accounts()) {
      assertEquals("deep", accounts.pass(Secrets.hash(secret)).orElseThrow().account().name());
      String id = listed.substring(0, listed.indexOf(' '));
      assertEquals(0, admin("token revoke " + id).code());
      assertTrue(accounts.pass(Secrets.hash(secret)).isEmpty());
      assertEquals(
          "tabula: There is no token %s that is good.\n".formatted(id),
          admin("token revoke " + id).err());
    }
  }

  @Test
  void password_isReplaced_andSignsOut_whileTheServerServes() throws StoreException {
    try (TabulaServer server =
        TabulaServer.start(new ServerConfig("127.0.0.1", 0, data, Map.of()))) {
      assertTrue(server.address().startsWith("http://"));
      assertEquals(0, admin("account create ada").code());
      assertEquals(0, admin("password ada").code());
      try (AccountStore accounts = accounts()) {
        AccountStore.Held ada = accounts.named("ada").orElseThrow();
        assertEquals(1, ada.account().signInEpoch());
        assertTrue(Passwords.matches(PASSWORD, ada.password()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | account create ADA | The name 'ADA', or one like it, is another's.",
        "1 | account create a/b | A name is letters",
        "1 | account create eve --bot-of nobody | There is no account 'nobody'.",
        "1 | account create eve --bot-of ada --admin | A bot does not administer.",
        "1 | token create ada --scope bot:play | A token of ada cannot have bot:play.",
        "1 | token create ada --scope all | There is no scope 'all'.",
        "1 | password nobody | There is no account 'nobody'.",
        "2 | account | Commands: create, list.",
        "2 | dance | There is no command 'dance'. Commands: account, token, password."
      })
  void command_thatCannotBe_saysWhy(int code, String command, String message) {
    admin("account create ada");
    Ran result = admin(command);
    assertTrue(result.err().contains(message), result::err);
    assertEquals(code, result.code());
  }
}

package tabula.server.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tabula.server.UserError;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.AccountNames;
import tabula.server.account.Passwords;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;
import tabula.server.store.AccountStore;
import tabula.server.store.StoreException;

/** Accounts, for whoever has the server's machine; a server may serve meanwhile. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Makes accounts and tokens on the server's own machine, while it serves or not.",
    subcommands = {
      AdminCommand.AccountCommand.class,
      AdminCommand.TokenCommand.class,
      AdminCommand.PasswordCommand.class
    },
    footer = {"", "Example: tabula admin account create ada"})
public final class AdminCommand {

  @Command(
      name = "account",
      mixinStandardHelpOptions = true,
      description = "Accounts.",
      subcommands = {CreateAccountCommand.class, ListAccountsCommand.class})
  static final class AccountCommand {}

  @Command(
      name = "token",
      mixinStandardHelpOptions = true,
      description = "The tokens by which programs act for accounts.",
      subcommands = {CreateTokenCommand.class, ListTokensCommand.class, RevokeTokenCommand.class})
  static final class TokenCommand {}

  /** Something done with the accounts of a database. */
  private abstract static class Action implements Callable<Integer> {

    @Mixin private DatabaseOptions database = new DatabaseOptions();
    @Spec private CommandSpec command = CommandSpec.create();

    abstract void run(AccountStore accounts) throws StoreException;

    @Override
    public Integer call() {
      try (AccountStore accounts = AccountStore.openBeside(database.config())) {
        run(accounts);
        return 0;
      } catch (StoreException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      }
    }

    PrintWriter out() {
      return command.commandLine().getOut();
    }

    PrintWriter err() {
      return command.commandLine().getErr();
    }

    static <T> T done(CompletableFuture<T> stored) {
      try {
        return stored.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof StoreException refused) {
          throw new UserError(String.valueOf(refused.getMessage()), e);
        }
        throw e;
      }
    }

    static Account named(AccountStore accounts, String name) throws StoreException {
      return accounts
          .named(name)
          .map(AccountStore.Held::account)
          .orElseThrow(() -> new UserError("There is no account '%s'.".formatted(name)));
    }

    /** A password for an account: asked for twice at a terminal, else a line of the input. */
    String newPassword(String name) {
      Console console = System.console();
      @Nullable String password;
      if (console != null && console.isTerminal()) {
        password = typed(console, "Password for %s: ".formatted(name));
        Arguments.check(
            password.equals(typed(console, "Once more: ")), "These were two passwords.");
      } else {
        try {
          password =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                  .readLine();
        } catch (IOException e) {
          throw new UserError("The password cannot be read: " + e.getMessage(), e);
        }
      }
      if (password == null) {
        throw new UserError("Give the password as a line of the standard input.");
      }
      Optional<String> problem = Passwords.problem(password, name);
      if (problem.isPresent()) {
        throw new UserError(problem.get());
      }
      return password;
    }

    private static String typed(Console console, String prompt) {
      char @Nullable [] typed = console.readPassword(prompt);
      return typed == null ? "" : new String(typed);
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Makes an account. The first that is made so administers the server.",
        "The password is asked for, or is a line of the standard input."
      },
      footer = {"", "Example: tabula admin account create deep-thought --bot-of ada"})
  static final class CreateAccountCommand extends Action {

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Option(names = "--admin", description = "The account administers the server.")
    private boolean administers;

    @Option(
        names = "--bot-of",
        paramLabel = "OWNER",
        description = "The account is a bot's: it has tokens and no password.")
    private @Nullable String owner;

    @Override
    void run(AccountStore accounts) throws StoreException {
      Optional<String> problem = AccountNames.problem(name);
      Arguments.check(problem.isEmpty(), problem.orElse(""));
      Arguments.check(owner == null || !administers, "A bot does not administer.");
      if (accounts.named(name).isPresent()) {
        throw taken();
      }
      String id = Secrets.newId();
      long now = System.currentTimeMillis();
      boolean created;
      if (owner != null) {
        Account owns = named(accounts, owner);
        Arguments.check(!owns.isBot(), "'%s' is a bot itself.".formatted(owner));
        created = done(accounts.create(Account.bot(id, name, owns.id(), now), null));
      } else {
        Account account = Account.person(id, name, administers, now);
        String password = Passwords.hash(newPassword(name));
        created =
            done(
                administers
                    ? accounts.create(account, password)
                    : accounts.createAdministratorIfNone(account, password));
      }
      if (!created) {
        throw taken();
      }
      out()
          .println(
              "%s %s"
                  .formatted(
                      id,
                      accounts.find(id).filter(Account::administers).isPresent()
                          ? "administers"
                          : owner == null ? "person" : "bot"));
    }

    private UserError taken() {
      return new UserError("The name '%s', or one like it, is another's.".formatted(name));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all accounts, a line each: id, kind, name; oldest first.")
  static final class ListAccountsCommand extends Action {
    @Override
    void run(AccountStore accounts) throws StoreException {
      for (Account account : accounts.since(0)) {
        out()
            .printf(
                "%-16s  %-11s  %s%n",
                account.id(),
                account.administers() ? "administers" : account.kind().code(),
                account.name());
      }
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a token for an account and shows it, this once.",
      footer = {"", "Example: tabula admin token create deep-thought --scope bot:play"})
  static final class CreateTokenCommand extends Action {

    @Parameters(paramLabel = "NAME", description = "The account's name.")
    private String name = "";

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "SCOPE",
        description = "bot:play for bots; run:write for people; admin for administrators.")
    private List<String> scopes = List.of();

    @Option(
        names = "--label",
        defaultValue = "command line",
        paramLabel = "TEXT",
        description = "What it is for (default: ${DEFAULT-VALUE}).")
    private String label = "";

    @Override
    void run(AccountStore accounts) throws StoreException {
      Account account = named(accounts, name);
      Set<Scope> given = EnumSet.noneOf(Scope.class);
      for (String code : scopes) {
        Optional<Scope> scope = Scope.find(code);
        Arguments.check(scope.isPresent(), "There is no scope '%s'.".formatted(code));
        given.add(scope.orElseThrow());
        Arguments.check(
            scope.orElseThrow().fits(account),
            "A token of %s cannot have %s.".formatted(account.name(), code));
      }
      String secret = Secrets.newToken();
      AccessToken token =
          new AccessToken(
              Secrets.newId(), account.id(), label, given, System.currentTimeMillis(), null, null);
      done(accounts.add(token, Secrets.hash(secret)));
      err().println("The token %s, shown this once:".formatted(token.id()));
      out().println(secret);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the tokens of an account, a line each: id, scopes, label.")
  static final class ListTokensCommand extends Action {

    @Parameters(paramLabel = "NAME", description = "The account's name.")
    private String name = "";

    @Override
    void run(AccountStore accounts) throws StoreException {
      for (AccessToken token : accounts.tokensOf(named(accounts, name).id())) {
        out().printf("%-16s  %s  %s%n", token.id(), Scope.format(token.scopes()), token.label());
      }
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a token; a server closes its connections within seconds.")
  static final class RevokeTokenCommand extends Action {

    @Parameters(paramLabel = "ID", description = "The token's id, as 'token list' shows it.")
    private String id = "";

    @Override
    void run(AccountStore accounts) throws StoreException {
      if (!done(accounts.revoke(id, System.currentTimeMillis()))) {
        throw new UserError("There is no token %s that is good.".formatted(id));
      }
    }
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = {
        "Gives an account a new password; all its browsers are signed out.",
        "It is asked for, or is a line of the standard input."
      })
  static final class PasswordCommand extends Action {

    @Parameters(paramLabel = "NAME", description = "The account's name.")
    private String name = "";

    @Override
    void run(AccountStore accounts) throws StoreException {
      Account account = named(accounts, name);
      Arguments.check(!account.isBot(), "A bot has tokens and no password.");
      done(accounts.changePassword(account.id(), Passwords.hash(newPassword(account.name()))));
    }
  }
}

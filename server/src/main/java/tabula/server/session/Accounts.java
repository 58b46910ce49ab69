package tabula.server.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.AccountNames;
import tabula.server.account.Passkey;
import tabula.server.account.PasskeyRules;
import tabula.server.account.Passwords;
import tabula.server.account.Scope;
import tabula.server.account.Secrets;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;
import tabula.server.session.HttpApi.RefusedException;
import tabula.server.store.AccountStore;
import tabula.server.store.AccountStore.Held;

/**
 * Who is who, for those who come in at the door. All of it runs on the door's event loop; the
 * database and the hashing of passwords do not.
 */
final class Accounts {

  /** How soon the door hears of what the command line changed. */
  private static final long LOOK_MILLIS = 5_000;

  private static final long TOKEN_USE_IS_NOTED_AGAIN_AFTER = Duration.ofHours(1).toMillis();
  private static final int MOST_PASSWORDS_WAITING = 32;
  private static final int MOST_BOTS = 20;
  private static final int MOST_TOKENS = 20;
  private static final int MOST_PASSKEYS = 10;

  /** A token that was just made: the only time that it is known. */
  record NewToken(AccessToken token, String secret) {}

  private final Vertx vertx;
  private final AccountStore store;
  private final Consumer<Set<String>> revoked;
  private final WorkerExecutor hashing;

  /** The names of all accounts, folded, with their ids: nobody else may sit under them. */
  private final Map<String, String> names = new HashMap<>();

  private final BotErrors botErrors = new BotErrors();
  private int passwordsWaiting;
  private long lookedAt;

  /**
   * @param revoked hears of the tokens that are revoked, of some again
   */
  Accounts(Vertx vertx, AccountStore store, Consumer<Set<String>> revoked) {
    this.revoked = revoked;
    this.vertx = vertx;
    this.store = store;
    // Half of the processors: play goes on while many sign in.
    this.hashing =
        vertx.createSharedWorkerExecutor(
            "passwords", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /**
   * Learns the names, and from then on what others change.
   *
   * @return the key of the server's cookies
   */
  Future<String> start() {
    vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    // Unicode's tables take a tenth of a second to read: not the event loop's.
    vertx.executeBlocking(() -> AccountNames.fold("warm"), false);
    return look().compose(known -> stored(store.serverSecret("cookies")));
  }

  private Future<?> look() {
    // What was on its way to the disk at the last look is seen at this one.
    long since = Math.max(0, lookedAt - 2 * LOOK_MILLIS);
    lookedAt = System.currentTimeMillis();
    return read(() -> folded(store.since(since)))
        .onSuccess(names::putAll)
        .compose(known -> read(() -> store.revokedSince(since)))
        .onSuccess(
            tokens -> {
              if (!tokens.isEmpty()) {
                revoked.accept(tokens);
              }
            });
  }

  private static Map<String, String> folded(List<Account> accounts) {
    Map<String, String> folded = new HashMap<>();
    accounts.forEach(account -> folded.put(AccountNames.fold(account.name()), account.id()));
    return folded;
  }

  private <T> Future<T> read(Callable<T> reading) {
    return vertx.executeBlocking(reading, false);
  }

  private <T> Future<T> stored(CompletableFuture<T> stage) {
    return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
  }

  private <T> Future<T> hashed(Callable<T> hash) {
    if (passwordsWaiting >= MOST_PASSWORDS_WAITING) {
      return Future.failedFuture(
          new RefusedException(
              429, Refusal.RATE_LIMITED, "Too many sign in at this moment.", 2_000L));
    }
    passwordsWaiting++;
    return hashing.executeBlocking(hash, false).onComplete(done -> passwordsWaiting--);
  }

  /** The account of a cookie, if it still counts. */
  Future<Optional<Account>> signedIn(Cookies.Content cookie) {
    return read(() -> store.find(cookie.id()))
        .map(found -> found.filter(account -> account.signInEpoch() == cookie.epoch()));
  }

  /** Whoever a token makes known, if it is good. */
  Future<Optional<Caller.Program>> byToken(String token) {
    return read(() -> store.pass(Secrets.hash(token)))
        .map(
            found ->
                found.map(
                    pass -> {
                      noteUse(pass.token());
                      return new Caller.Program(pass.account(), pass.token());
                    }));
  }

  private void noteUse(AccessToken token) {
    long hour =
        System.currentTimeMillis()
            / TOKEN_USE_IS_NOTED_AGAIN_AFTER
            * TOKEN_USE_IS_NOTED_AGAIN_AFTER;
    @Nullable Long last = token.lastUsedAt();
    if (last == null || last < hour) {
      CompletableFuture<Boolean> unused = store.used(token.id(), hour);
    }
  }

  /** Makes a person's account, with the guest's id if nobody has it yet. */
  Future<Account> claim(@Nullable String guest, String name, String password) {
    checkName(name);
    check(Passwords.problem(password, name));
    return hashed(() -> Passwords.hash(password))
        .compose(
            hash ->
                read(() -> guest == null || store.find(guest).isPresent() ? Secrets.newId() : guest)
                    .compose(
                        id ->
                            create(
                                Account.person(id, name, false, System.currentTimeMillis()),
                                hash)));
  }

  /** Makes a person's account that a passkey signs in. */
  Future<Account> claim(String name, PasskeyRules.Made made) {
    checkName(name);
    long now = System.currentTimeMillis();
    Account account = Account.person(Secrets.newId(), name, false, now);
    return creating(account, store.createWithPasskey(account, made.of(account.id(), now)));
  }

  /** The account of a passkey, whose answer a check finds good. */
  Future<Account> signIn(String passkeyId, Function<Passkey, OptionalLong> check) {
    return read(() -> store.passkey(passkeyId))
        .map(found -> found.orElseThrow(Accounts::unknownPasskey))
        .compose(
            passkey ->
                read(() -> check.apply(passkey))
                    .map(count -> count.stream().boxed().findFirst())
                    .map(count -> count.orElseThrow(Accounts::unknownPasskey))
                    .compose(
                        count -> stored(store.used(passkey, count, System.currentTimeMillis())))
                    .compose(noted -> read(() -> store.find(passkey.account()).orElseThrow())));
  }

  private static RefusedException unknownPasskey() {
    return new RefusedException(
        401, Refusal.UNAUTHENTICATED, "This passkey is not known here, or did not sign well.");
  }

  /** Lets one more passkey sign an account in. */
  Future<?> addPasskey(Account account, PasskeyRules.Made made) {
    return read(() -> store.passkeysOf(account.id()))
        .compose(
            passkeys -> {
              if (passkeys.size() >= MOST_PASSKEYS) {
                throw new RefusedException(
                    409,
                    Refusal.FORBIDDEN,
                    "An account has at most %d passkeys.".formatted(MOST_PASSKEYS));
              }
              return stored(store.add(made.of(account.id(), System.currentTimeMillis())));
            });
  }

  /** Does what takes a little while, such as checking a signature, off the event loop. */
  <T> Future<T> aside(Callable<T> work) {
    return read(work);
  }

  private static void check(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new RefusedException(400, Refusal.MALFORMED, problem.get());
    }
  }

  private void checkName(String name) {
    check(AccountNames.problem(name));
    if (names.containsKey(AccountNames.fold(name))) {
      throw nameTaken(name);
    }
  }

  private static RefusedException nameTaken(String name) {
    return new RefusedException(
        409, Refusal.NAME_TAKEN, "The name '%s', or one like it, is another's.".formatted(name));
  }

  private Future<Account> create(Account account, @Nullable String password) {
    return creating(account, store.create(account, password));
  }

  private Future<Account> creating(Account account, CompletableFuture<Boolean> storing) {
    return stored(storing)
        .map(
            created -> {
              if (!created) {
                throw nameTaken(account.name());
              }
              names.putAll(folded(List.of(account)));
              return account;
            });
  }

  /**
   * The account of a name and its password. A wrong name and a wrong password are not told apart.
   */
  Future<Account> signIn(String name, String password) {
    return read(() -> store.named(name))
        .compose(
            found -> {
              @Nullable String kept = found.map(Held::password).orElse(null);
              return hashed(() -> Passwords.matches(password, kept))
                  .map(
                      right -> {
                        if (!right || kept == null) {
                          throw new RefusedException(
                              401, Refusal.UNAUTHENTICATED, "Name or password is wrong.");
                        }
                        Account account = found.orElseThrow().account();
                        renewHash(account, password, kept);
                        return account;
                      });
            });
  }

  private void renewHash(Account account, String password, String kept) {
    if (!Passwords.isCurrent(kept)) {
      hashed(() -> Passwords.hash(password))
          .onSuccess(hash -> stored(store.rehash(account.id(), kept, hash)));
    }
  }

  /** Replaces a password by its holder's wish. All other browsers are signed out. */
  Future<Account> changePassword(Account account, String current, String password) {
    check(Passwords.problem(password, account.name()));
    return signIn(account.name(), current)
        .compose(same -> hashed(() -> Passwords.hash(password)))
        .compose(hash -> stored(store.changePassword(account.id(), hash)))
        .compose(changed -> read(() -> store.find(account.id()).orElseThrow()));
  }

  /** A person's bots, oldest first. */
  Future<List<Account>> botsOf(Account owner) {
    return read(() -> store.botsOf(owner.id()));
  }

  /** What bots did wrong. */
  BotErrors botErrors() {
    return botErrors;
  }

  /** Makes a bot's account. */
  Future<Account> createBot(Account owner, String name) {
    checkName(name);
    return botsOf(owner)
        .compose(
            bots -> {
              if (bots.size() >= MOST_BOTS) {
                throw new RefusedException(
                    409, Refusal.FORBIDDEN, "At most %d bots are one's own.".formatted(MOST_BOTS));
              }
              return create(
                  Account.bot(Secrets.newId(), name, owner.id(), System.currentTimeMillis()), null);
            });
  }

  /** The person's own account, or a bot of that person's. */
  Future<Account> ownOrBot(Account owner, String id) {
    if (id.equals(owner.id())) {
      return Future.succeededFuture(owner);
    }
    return read(() -> store.find(id))
        .map(
            found ->
                found
                    .filter(account -> owner.id().equals(account.owner()))
                    .orElseThrow(
                        () ->
                            new RefusedException(
                                404, Refusal.UNKNOWN_ACCOUNT, "You have no such bot.")));
  }

  /** The good tokens of an account. */
  Future<List<AccessToken>> tokensOf(Account account) {
    return read(() -> store.tokensOf(account.id()));
  }

  /** Makes a token for an account. */
  Future<NewToken> createToken(Account account, String label, Set<Scope> scopes) {
    for (Scope scope : scopes) {
      if (!scope.fits(account)) {
        throw new RefusedException(
            403,
            Refusal.FORBIDDEN,
            "A token of %s cannot have %s.".formatted(account.name(), scope.code()));
      }
    }
    return tokensOf(account)
        .compose(
            tokens -> {
              if (tokens.size() >= MOST_TOKENS) {
                throw new RefusedException(
                    409,
                    Refusal.FORBIDDEN,
                    "An account has at most %d tokens. Revoke one first.".formatted(MOST_TOKENS));
              }
              String secret = Secrets.newToken();
              AccessToken token =
                  new AccessToken(
                      Secrets.newId(),
                      account.id(),
                      label,
                      EnumSet.copyOf(scopes),
                      System.currentTimeMillis(),
                      null,
                      null);
              return stored(store.add(token, Secrets.hash(secret)))
                  .map(added -> new NewToken(token, secret));
            });
  }

  /** Ends a token of the person's, or of one of the person's bots. */
  Future<?> revoke(Account owner, String id) {
    RefusedException unknown =
        new RefusedException(404, Refusal.UNKNOWN_TOKEN, "You have no such token.");
    return read(() -> store.token(id))
        .compose(token -> ownOrBot(owner, token.orElseThrow(() -> unknown).account()))
        .recover(
            failure -> Future.failedFuture(failure instanceof RefusedException ? unknown : failure))
        .compose(account -> stored(store.revoke(id, System.currentTimeMillis())))
        .map(
            ended -> {
              if (!ended) {
                throw unknown;
              }
              revoked.accept(Set.of(id));
              return true;
            });
  }

  /** The seat that a caller gets who asks for one, or why not. */
  sealed interface Seating {
    record Allowed(Seat seat) implements Seating {}

    record Denied(Refusal refusal, String message) implements Seating {}
  }

  /**
   * An account sits under its own name, and nobody else does; a program's seat is always shown as a
   * bot's.
   */
  Seating seat(Caller caller, Seat asked) {
    return switch (asked) {
      case Seat.Person person ->
          switch (caller) {
            case Caller.SignedIn(Account holder) ->
                named(new Seat.Person(holder.name(), holder.id()));
            case Caller.Program program ->
                denied("A token seats a bot: ask for a seat of the kind 'bot'.");
            case Caller.Guest guest -> unnamed(person, person.name());
          };
      case Seat.Bot bot ->
          switch (caller) {
            case Caller.Program(Account holder, AccessToken token) ->
                caller.may(Scope.BOT_PLAY)
                    ? named(new Seat.Bot(holder.name(), holder.id()))
                    : denied("This token lacks the scope %s.".formatted(Scope.BOT_PLAY.code()));
            case Caller.SignedIn person -> unnamed(bot, bot.name());
            case Caller.Guest guest -> unnamed(bot, bot.name());
          };
      case Seat.ServerAgent agent -> named(agent);
      case Seat.Open open -> named(open);
    };
  }

  private static Seating named(Seat seat) {
    return new Seating.Allowed(seat);
  }

  private static Seating denied(String message) {
    return new Seating.Denied(Refusal.FORBIDDEN, message);
  }

  private Seating unnamed(Seat seat, String name) {
    return !names.isEmpty() && names.containsKey(AccountNames.fold(name))
        ? new Seating.Denied(
            Refusal.NAME_TAKEN,
            "'%s' is the name of an account, or like one. Authenticate, or take another name."
                .formatted(name))
        : new Seating.Allowed(seat);
  }
}

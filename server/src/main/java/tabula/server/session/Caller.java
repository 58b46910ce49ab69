package tabula.server.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tabula.server.account.AccessToken;
import tabula.server.account.Account;
import tabula.server.account.Scope;

/** Who speaks: known by a cookie, by a token, or not at all. */
sealed interface Caller {

  /** Whose account it is, if there is one. */
  Optional<Account> account();

  /** Whether the caller may do what needs a scope. */
  boolean may(Scope scope);

  /**
   * Somebody without an account.
   *
   * @param id what the guest's cookie says; the account's id once a name is claimed
   */
  record Guest(@Nullable String id) implements Caller {

    /** Somebody whom no cookie and no token makes known. */
    static final Guest STRANGER = new Guest(null);

    @Override
    public Optional<Account> account() {
      return Optional.empty();
    }

    @Override
    public boolean may(Scope scope) {
      return false;
    }
  }

  /** Somebody who is signed in on the page: all that is the account's to do. */
  record SignedIn(Account holder) implements Caller {
    @Override
    public Optional<Account> account() {
      return Optional.of(holder);
    }

    @Override
    public boolean may(Scope scope) {
      return scope.fits(holder);
    }
  }

  /** A program that has a token: what the token's scopes give. */
  record Program(Account holder, AccessToken token) implements Caller {
    @Override
    public Optional<Account> account() {
      return Optional.of(holder);
    }

    @Override
    public boolean may(Scope scope) {
      return token.scopes().contains(scope) && scope.fits(holder);
    }
  }

  /** Whether both may be the same: one of them is a guest, or they have one account. */
  default boolean agreesWith(Caller other) {
    return account().isEmpty()
        || other.account().isEmpty()
        || account().get().id().equals(other.account().get().id());
  }
}

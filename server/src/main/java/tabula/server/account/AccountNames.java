package tabula.server.account;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which names an account may have, and which of them are one to a reader. */
public final class AccountNames {

  private static final int MIN_LENGTH = 2;
  private static final int MAX_LENGTH = 30;

  /** Letters with their accents, digits, and single marks or spaces between them. */
  private static final Pattern FORM =
      Pattern.compile(
          "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*([ ._'-][\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)*");

  /** Of one script, or of those that are written together. */
  private static final SpoofChecker SPOOFS =
      new SpoofChecker.Builder()
          .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.MIXED_NUMBERS)
          .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
          .build();

  /** What those are called who have no account, and what would speak for the server. */
  private static final Set<String> RESERVED =
      Stream.of("Guest", "Vendég", "Tabula", "Admin", "Administrator", "System", "Server")
          .map(AccountNames::fold)
          .collect(Collectors.toUnmodifiableSet());

  private AccountNames() {}

  /** Why an account cannot have a name, whoever else has it; empty if it can. */
  public static Optional<String> problem(String name) {
    int length = name.codePointCount(0, name.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      return Optional.of("A name has %d to %d characters.".formatted(MIN_LENGTH, MAX_LENGTH));
    }
    if (!FORM.matcher(name).matches() || !Normalizer2.getNFKCInstance().isNormalized(name)) {
      return Optional.of("A name is letters and digits, with single spaces, . _ - ' between them.");
    }
    if (SPOOFS.failsChecks(name)) {
      return Optional.of("A name does not mix the letters of several scripts.");
    }
    if (RESERVED.contains(fold(name))) {
      return Optional.of("That name is kept for the server's own use.");
    }
    return Optional.empty();
  }

  /**
   * What is the same for two names that a reader takes for one: letters that look alike (by
   * Unicode's list of confusables), capital and small ones, composed and decomposed ones are not
   * told apart.
   */
  public static String fold(String name) {
    String small = UCharacter.foldCase(Normalizer2.getNFKCInstance().normalize(name), true);
    // A capital i and a small L look alike, but not once both are small.
    return UCharacter.foldCase(SPOOFS.getSkeleton(small), true)
        .replace('i', 'l')
        .replaceAll(" ", "");
  }
}

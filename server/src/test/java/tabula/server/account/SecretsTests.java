package tabula.server.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsTests {

  /** A bot was given {@code --match -lHk…}, and its command line took that for an option. */
  @Test
  void newId_ofManyThousand_neverBeginsWithAHyphenNorComesTwice() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String id = Secrets.newId();
      assertFalse(id.startsWith("-"), id);
      assertTrue(ids.add(id), id);
    }
    for (int i = 0; i < 2_000; i++) {
      assertFalse(Secrets.newToken().startsWith("-"));
    }
  }
}

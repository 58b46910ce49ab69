package tabula.agents.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A residual network: a 3x3 convolution, then {@code blocks} residual blocks of two 3x3
 * convolutions, all with {@code filters} channels, then a policy and a value head. Written {@code
 * residual:32x3} (filters x blocks).
 */
public record NetworkSpec(int filters, int blocks) {

  private static final Pattern FORM = Pattern.compile("residual:(\\d{1,4})x(\\d{1,3})");

  public NetworkSpec {
    if (filters < 4 || filters > 512 || blocks < 0 || blocks > 64) {
      throw new IllegalArgumentException(
          "A residual network has 4 to 512 filters and 0 to 64 blocks, not %dx%d."
              .formatted(filters, blocks));
    }
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if the text is none; the message says what would be right
   */
  public static NetworkSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Network '%s' is not of the form residual:FILTERSxBLOCKS.".formatted(text));
    }
    return new NetworkSpec(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "residual:%dx%d".formatted(filters, blocks);
  }
}

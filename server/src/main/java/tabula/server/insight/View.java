package tabula.server.insight;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be looked at. */
public enum View {
  /** What the network says of the position, and its layers. */
  NETWORK,
  /** What one layer gives, channel by channel. */
  LAYER,
  /** What a channel of the first layer multiplies and adds, square by square. */
  NEURON,
  /** Which squares a number rests on. */
  ATTENTION,
  /** The positions of a sample that excite most and least. */
  EXTREMES,
  /** The smallest changes of the planes that deceive. */
  ATTACK,
  /** The smallest legal changes that deceive. */
  CHANGES,
  /** How much of a fixed set of positions survives attacks. */
  ROBUSTNESS,
  /** What excites most, made from nothing. */
  FEATURES,
  /** The position, changed towards what excites. */
  DREAM,
  /** Which concepts can be read off which layer. */
  CONCEPTS;

  /** As addresses and commands write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<View> find(String id) {
    return Arrays.stream(values()).filter(view -> view.id().equals(id)).findFirst();
  }

  /** All ids, for messages. */
  public static String all() {
    return String.join(", ", Arrays.stream(values()).map(View::id).toList());
  }
}

package tabula.agents.train;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tabula.agents.network.Losses;

/**
 * Ends learning once the error on games that are never learnt from has stopped falling, and keeps
 * the weights that had the lowest (Prechelt 1998).
 */
public final class EarlyStopping {

  private final int patience;
  private @Nullable Best best;
  private int inVain;

  /**
   * The weights with the lowest error so far.
   *
   * @param heldOut their error on held-out games
   */
  public record Best(int step, Losses heldOut, float[] weights) {}

  /**
   * @param patience how many examinations in a row may find no lower error; 0 for any number
   */
  public EarlyStopping(int patience) {
    this.patience = patience;
  }

  /**
   * Takes notice of an examination.
   *
   * @param weights those that were examined
   */
  public void examined(Learner.Report report, Supplier<float[]> weights) {
    if (report.heldOut() == null) {
      return;
    }
    Losses heldOut = report.heldOut().losses();
    if (best == null || heldOut.total() < best.heldOut().total()) {
      best = new Best(report.step(), heldOut, weights.get());
      inVain = 0;
    } else {
      inVain++;
    }
  }

  /** The weights with the lowest error; none before an examination of held-out games. */
  public Optional<Best> best() {
    return Optional.ofNullable(best);
  }

  /** Whether patience is at its end: then the weights to keep. */
  public Optional<Best> over() {
    return patience > 0 && inVain >= patience ? best() : Optional.empty();
  }
}

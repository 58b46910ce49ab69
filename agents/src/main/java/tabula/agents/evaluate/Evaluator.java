package tabula.agents.evaluate;

/** Judges positions. Used by one thread at a time. */
@FunctionalInterface
public interface Evaluator {

  /** Fills in the logits and the value of every slot of the batch. */
  void evaluate(EvaluationBatch batch);
}

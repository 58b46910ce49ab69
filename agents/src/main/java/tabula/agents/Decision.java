package tabula.agents;

/**
 * What an agent thinks of a position.
 *
 * @param action the action that it plays: legal
 * @param value the expected result in [-1, 1] for the side to move; 1, 0 and -1 exactly where
 *     {@code proven}
 * @param policy a probability for each of the game's actions, 0 for those not legal; sums to 1
 * @param visits how often each of the game's actions was tried by the search; all 0 for an agent
 *     without one
 * @param proven whether the value is known for certain
 */
public record Decision(int action, float value, float[] policy, int[] visits, boolean proven) {}

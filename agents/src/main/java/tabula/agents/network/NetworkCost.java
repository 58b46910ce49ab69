package tabula.agents.network;

/**
 * How large a network is.
 *
 * @param parameters its weights
 * @param multiplyAdds multiplications, each with an addition, that the evaluation of one position
 *     takes
 */
public record NetworkCost(long parameters, long multiplyAdds) {}

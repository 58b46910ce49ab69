/**
 * Networks as ND4J operations on arrays that are allocated once. Nothing else touches an INDArray.
 */
@NullMarked
package tabula.agents.network.nd4j;

import org.jspecify.annotations.NullMarked;

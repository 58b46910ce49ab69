package tabula.agents.network.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import tabula.agents.network.NetworkSpec;
import tabula.games.Game;
import tabula.games.connectfour.ConnectFour;

/**
 * The same network written with SameDiff, whose gradients come from ND4J itself: ours must be the
 * same.
 */
class SameDiffTests {

  private static final Game GAME = ConnectFour.GAME;
  private static final NetworkSpec.Residual SPEC = NetworkSpec.residual(8, 2);
  private static final int BATCH = 4;

  private final SplittableRandom random = new SplittableRandom(21);
  private final Parameters parameters = new Parameters(GAME, SPEC);
  private final SameDiff graph = SameDiff.create();
  private final Map<String, SDVariable> variables = new HashMap<>();

  private float[] noise(int size, double scale) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
    return numbers;
  }

  private SDVariable weight(String name) {
    SDVariable variable = variables.get(name);
    assertTrue(variable != null, name);
    return Objects.requireNonNull(variable);
  }

  private SDVariable convolution(SDVariable input, String name) {
    int kernel = (int) parameters.get(name + ".kernel").shape()[0];
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernel)
            .kW(kernel)
            .sH(1)
            .sW(1)
            .paddingMode(PaddingMode.SAME)
            .dataFormat(Conv2DConfig.NHWC)
            .weightsFormat(WeightsFormat.YXIO)
            .build();
    return graph.cnn().conv2d(input, weight(name + ".kernel"), weight(name + ".bias"), config);
  }

  private SDVariable relu(SDVariable input) {
    return graph.nn().relu(input, 0);
  }

  private SDVariable dense(SDVariable input, String name) {
    return input.mmul(weight(name + ".kernel")).add(weight(name + ".bias"));
  }

  @Test
  void gradients_agreeWithSameDiffs_layerByLayer() {
    INDArray weights = Tensors.allocate(parameters.size());
    INDArray gradients = Tensors.allocate(parameters.size());
    Tensors.write(noise(parameters.size(), 0.2), parameters.size(), weights);
    TrainingPass pass = new TrainingPass(GAME, SPEC, parameters, weights, gradients, 0, BATCH);
    Tensors.write(noise(BATCH * GAME.shape().size(), 1), BATCH * GAME.shape().size(), pass.planes);
    Tensors.write(
        noise(BATCH * GAME.actionCount(), 1), BATCH * GAME.actionCount(), pass.logitGradients);
    Tensors.write(noise(BATCH, 1), BATCH, pass.valueGradients);
    pass.forward();
    pass.backward();

    for (Parameters.Parameter parameter : parameters.all()) {
      variables.put(parameter.name(), graph.var(parameter.name(), parameter.viewOf(weights).dup()));
    }
    SDVariable planes =
        graph.var(
            "planes",
            Tensors.view(
                    pass.planes,
                    0,
                    BATCH,
                    GAME.shape().height(),
                    GAME.shape().width(),
                    GAME.shape().channels())
                .dup());
    SDVariable trunk = relu(convolution(planes, "stem"));
    for (int block = 0; block < SPEC.blocks(); block++) {
      SDVariable inner = relu(convolution(trunk, "block%d.first".formatted(block)));
      trunk = relu(convolution(inner, "block%d.second".formatted(block)).add(trunk));
    }
    SDVariable heads = relu(convolution(trunk, "heads")).reshape(BATCH, -1);
    SDVariable logits = dense(heads, "policy");
    SDVariable values = dense(relu(dense(heads, "value.hidden")), "value.output");
    // A loss whose gradients with respect to the outputs are the given ones.
    SDVariable loss =
        logits
            .mul(
                graph.constant(
                    Tensors.view(pass.logitGradients, 0, BATCH, GAME.actionCount()).dup()))
            .sum()
            .add(
                values
                    .mul(graph.constant(Tensors.view(pass.valueGradients, 0, BATCH, 1).dup()))
                    .sum());
    graph.setLossVariables(loss.name());

    List<String> names =
        new ArrayList<>(parameters.all().stream().map(Parameters.Parameter::name).toList());
    names.add("planes");
    Map<String, INDArray> expected = graph.calculateGradients(Map.of(), names);
    for (Parameters.Parameter parameter : parameters.all()) {
      assertSame(
          parameter.name(),
          Objects.requireNonNull(expected.get(parameter.name())),
          parameter.viewOf(gradients));
    }
    assertSame(
        "planes",
        Objects.requireNonNull(expected.get("planes")),
        Tensors.view(
            pass.planeGradients,
            0,
            BATCH,
            GAME.shape().height(),
            GAME.shape().width(),
            GAME.shape().channels()));
    INDArray said = Tensors.view(pass.logits, 0, BATCH, GAME.actionCount());
    assertSame("logits", logits.eval(), said);
  }

  private static void assertSame(String name, INDArray expected, INDArray actual) {
    double scale = expected.amaxNumber().doubleValue();
    assertTrue(scale > 1e-6, name + " has no gradient");
    assertEquals(0, expected.sub(actual.dup()).amaxNumber().doubleValue() / scale, 1e-4, name);
  }
}

package tabula.server.insight;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tabula.agents.insight.Attribution;
import tabula.agents.insight.Dream;
import tabula.agents.insight.FeatureVisualization;
import tabula.agents.insight.LegalAttack;
import tabula.agents.insight.Neurons;
import tabula.agents.insight.Objective;
import tabula.agents.insight.OpenNetwork;
import tabula.agents.insight.PlaneAttack;
import tabula.agents.insight.PositionSample;
import tabula.agents.insight.Probes;
import tabula.agents.insight.Remedy;
import tabula.agents.insight.Robustness;
import tabula.agents.network.nd4j.LayeredNetwork;
import tabula.games.GameRecord;
import tabula.games.Position;

/**
 * The answers, as JSON. Positions are the moves that lead to them; squares count from the bottom
 * left, row by row; numbers have five digits.
 */
public final class Answers {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(double[].class, new Rounded<>(double[].class))
                  .addSerializer(float[].class, new Rounded<>(float[].class))
                  .addSerializer(Double.class, new Rounded<>(Double.class))
                  .addSerializer(double.class, new Rounded<>(Double.class)));

  private static final int SAMPLE = 500;
  private static final int SHOWN = 4;
  private static final int DECEIVED = 6;
  private static final int PICTURES = 4;

  private Answers() {}

  /** Writes numbers with as many digits as mean something. */
  private static final class Rounded<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;
    private static final MathContext DIGITS = new MathContext(5);

    Rounded(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      switch (value) {
        case double[] numbers -> {
          out.writeStartArray();
          for (double number : numbers) {
            out.writeNumber(rounded(number));
          }
          out.writeEndArray();
        }
        case float[] numbers -> {
          out.writeStartArray();
          for (float number : numbers) {
            out.writeNumber(rounded(number));
          }
          out.writeEndArray();
        }
        case Double number -> out.writeNumber(rounded(number));
        default -> throw new IllegalArgumentException("No number: " + value);
      }
    }

    private static double rounded(double number) {
      return Double.isFinite(number) ? new BigDecimal(number).round(DIGITS).doubleValue() : number;
    }
  }

  /** The moves that lead to a position, and a number for it. */
  private record Scored(List<String> moves, double score) {}

  private record Choice(String move, double logit, double probability) {}

  /**
   * @param means of the channels, over the board
   */
  private record LayerInfo(String name, int height, int width, int channels, double[] means) {}

  private record NetworkView(double value, List<Choice> policy, List<LayerInfo> layers) {}

  private record LayerView(String layer, float[][] channels) {}

  private record AttentionView(
      String objective,
      String method,
      double score,
      double baseline,
      double sum,
      double gap,
      int steps,
      double[] squares,
      double[] planes) {}

  private record ExtremesView(
      String objective,
      int positions,
      double mean,
      double active,
      List<Scored> most,
      List<Scored> least) {}

  /**
   * @param epsilon null where nothing up to 1 deceives
   * @param own the change of the planes of own pieces, and of the opponent's
   */
  private record AttackResult(
      String method,
      @Nullable Double epsilon,
      @Nullable String move,
      @Nullable Double value,
      float @Nullable [] own,
      float @Nullable [] opponent) {}

  private record Visited(int visits, String move, double value, boolean right) {}

  private record AttackView(
      String goal, String move, double value, List<AttackResult> results, List<Visited> remedy) {}

  private record DeceivedView(
      String kind,
      int[] squares,
      List<String> moves,
      String move,
      double value,
      @Nullable Integer truth,
      @Nullable Boolean keeps) {}

  private record ChangesView(
      DeceivedView original,
      int tried,
      int solved,
      int wrong,
      List<DeceivedView> deceived,
      List<Visited> remedy) {}

  private record UnderView(String method, double epsilon, double right) {}

  private record RobustnessView(
      int positions, boolean solved, double clean, List<UnderView> under) {}

  private record PictureView(
      float[] own, float[] opponent, double relaxed, Scored nearest, Scored legal) {}

  private record FeaturesView(String objective, List<PictureView> pictures) {}

  private record FrameView(float[] own, float[] opponent, double score, @Nullable Scored legal) {}

  private record DreamView(String objective, List<FrameView> frames) {}

  private record ProbeView(String concept, double share, List<Probes.AtLayer> layers) {}

  /**
   * @param trained whether it is the network that was asked about, and not one that has learnt
   *     nothing
   */
  private record StageView(boolean trained, List<ProbeView> probes) {}

  private record ConceptsView(int train, int test, List<StageView> stages) {}

  /**
   * @param kernel [planes][9]: by what each of the squares around is multiplied, row by row from
   *     the top
   * @param planes [planes][squares]: what is seen of the position
   */
  private record NeuronView(int channel, float[][] kernel, double bias, float[][] planes) {}

  /**
   * Answers a question.
   *
   * @param untrained a network of the same form that has learnt nothing
   */
  public static JsonNode of(OpenNetwork network, OpenNetwork untrained, Question question) {
    return JSON.valueToTree(
        switch (question.view()) {
          case NETWORK -> network(network, question);
          case LAYER -> layer(network, question);
          case NEURON -> neuron(network, question);
          case ATTENTION -> attention(network, question);
          case EXTREMES -> extremes(network, question);
          case ATTACK -> attack(network, question);
          case CHANGES -> changes(network, question);
          case ROBUSTNESS -> robustness(network);
          case FEATURES -> features(network, question);
          case DREAM -> dream(network, question);
          case CONCEPTS -> concepts(network, untrained, question);
        });
  }

  private static String move(Position position, int action) {
    return position.game().formatMove(position, action);
  }

  private static Object network(OpenNetwork network, Question question) {
    Position position = question.record().position();
    OpenNetwork.Judgements judged = network.judge(network.planes(position));
    int[] legal = position.legalActions();
    double highest =
        Arrays.stream(legal).mapToDouble(action -> judged.logits()[action]).max().orElseThrow();
    double sum =
        Arrays.stream(legal)
            .mapToDouble(action -> Math.exp(judged.logits()[action] - highest))
            .sum();
    List<Choice> policy =
        Arrays.stream(legal)
            .mapToObj(
                action ->
                    new Choice(
                        move(position, action),
                        judged.logits()[action],
                        Math.exp(judged.logits()[action] - highest) / sum))
            .toList();
    List<LayerInfo> layers =
        Neurons.of(network, position).stream()
            .map(
                each ->
                    new LayerInfo(
                        each.layer().name(),
                        each.layer().height(),
                        each.layer().width(),
                        each.layer().channels(),
                        Arrays.stream(each.channels()).mapToDouble(Answers::mean).toArray()))
            .toList();
    return new NetworkView(judged.values()[0], policy, layers);
  }

  private static double mean(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).average().orElse(0);
  }

  private static Object layer(OpenNetwork network, Question question) {
    return Neurons.of(network, question.record().position()).stream()
        .filter(each -> each.layer().equals(question.layer()))
        .map(each -> new LayerView(each.layer().name(), each.channels()))
        .findFirst()
        .orElseThrow();
  }

  private static Object neuron(OpenNetwork network, Question question) {
    if (!(question.objective() instanceof Objective.Channel(String layer, int channel))
        || !layer.equals(network.layers().getFirst().name())) {
      throw new Question.WrongQuestionException(
          "A neuron of the first layer is asked about: objective is such as channel:%s/0."
              .formatted(network.layers().getFirst().name()));
    }
    LayeredNetwork.Kernel found = network.kernel(channel);
    Position position = question.record().position();
    float[] seen = network.planes(position);
    int planes = network.game().shape().channels();
    float[][] kernel = new float[planes][found.weights().length / planes];
    float[][] byPlane = new float[planes][network.game().shape().squares()];
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < kernel[plane].length; i++) {
        kernel[plane][i] = found.weights()[i * planes + plane];
      }
      for (int square = 0; square < byPlane[plane].length; square++) {
        byPlane[plane][square] = seen[position.planesCell(square) * planes + plane];
      }
    }
    return new NeuronView(channel, kernel, found.bias(), byPlane);
  }

  private static Object attention(OpenNetwork network, Question question) {
    Attribution found =
        Attribution.of(
            network, question.record().position(), question.objective(), question.method());
    return new AttentionView(
        question.objectiveText(),
        question.method().id(),
        found.score(),
        found.baseline(),
        found.sum(),
        found.gap(),
        found.steps(),
        found.squares(),
        found.planes());
  }

  private static Object extremes(OpenNetwork network, Question question) {
    List<GameRecord> sample = PositionSample.make(network.game(), network, SAMPLE, question.seed());
    Neurons.Extremes found = Neurons.extremes(network, sample, question.objective(), SHOWN);
    return new ExtremesView(
        question.objectiveText(),
        found.positions(),
        found.mean(),
        found.active(),
        found.most().stream().map(Answers::scored).toList(),
        found.least().stream().map(Answers::scored).toList());
  }

  private static Scored scored(Neurons.Excited excited) {
    return new Scored(excited.record().moves(), excited.score());
  }

  private static Object attack(OpenNetwork network, Question question) {
    Position position = question.record().position();
    float[] planes = network.planes(position);
    OpenNetwork.Judgements judged = network.judge(planes);
    int own = best(judged.logits(), position);
    List<PlaneAttack.Result> results =
        PlaneAttack.smallest(network, position, question.goal(), question.seed());
    double before = judged.values()[0];
    List<Visited> remedy =
        results.stream()
            .filter(
                result ->
                    result.method() == PlaneAttack.Method.PGD
                        && result.planes() != null
                        && question.goal() == PlaneAttack.Goal.MOVE)
            .flatMap(
                result ->
                    visited(
                        position,
                        Remedy.of(network, position, result.planes()),
                        played -> played.action() == own)
                        .stream())
            .toList();
    return new AttackView(
        Question.id(question.goal()),
        move(position, own),
        before,
        results.stream().map(result -> result(network, position, planes, result)).toList(),
        remedy);
  }

  private static int best(float[] logits, Position position) {
    int best = -1;
    for (int action : position.legalActions()) {
      if (best < 0 || logits[action] > logits[best]) {
        best = action;
      }
    }
    return best;
  }

  private static AttackResult result(
      OpenNetwork network, Position position, float[] planes, PlaneAttack.Result result) {
    float @Nullable [] attacked = result.planes();
    if (attacked == null) {
      return new AttackResult(Question.id(result.method()), null, null, null, null, null);
    }
    OpenNetwork.Judgements judged = network.judge(attacked);
    int channels = network.game().shape().channels();
    float[][] change = new float[2][network.game().shape().squares()];
    for (int square = 0; square < change[0].length; square++) {
      for (int side = 0; side < 2; side++) {
        int at = position.planesCell(square) * channels + side;
        change[side][square] = attacked[at] - planes[at];
      }
    }
    return new AttackResult(
        Question.id(result.method()),
        result.epsilon(),
        move(position, best(judged.logits(), position)),
        (double) judged.values()[0],
        change[0],
        change[1]);
  }

  private interface IsRight {
    boolean of(Remedy.Played played);
  }

  private static List<Visited> visited(
      Position position, List<Remedy.Played> played, IsRight right) {
    return played.stream()
        .map(
            each ->
                new Visited(
                    each.visits(), move(position, each.action()), each.value(), right.of(each)))
        .toList();
  }

  private static Object changes(OpenNetwork network, Question question) {
    LegalAttack.Result found = LegalAttack.find(network, question.record(), DECEIVED);
    List<Visited> remedy =
        found.deceived().stream()
            .filter(each -> each.truth() != null)
            .limit(1)
            .flatMap(each -> remedy(network, each).stream())
            .toList();
    return new ChangesView(
        deceived(found.original()),
        found.tried(),
        found.solved(),
        found.wrong(),
        found.deceived().stream().map(Answers::deceived).toList(),
        remedy);
  }

  private static List<Visited> remedy(OpenNetwork network, LegalAttack.Deceived deceived) {
    Position position = deceived.record().position();
    return visited(
        position,
        Remedy.of(network, position, null),
        played -> deceived.isRight(played.action(), played.value()));
  }

  private static DeceivedView deceived(LegalAttack.Deceived each) {
    return new DeceivedView(
        each.kind().toLowerCase(Locale.ROOT),
        each.squares(),
        each.record().moves(),
        move(each.record().position(), each.action()),
        each.value(),
        each.truth(),
        each.keeps());
  }

  private static Object robustness(OpenNetwork network) {
    Robustness found = Robustness.of(network);
    return new RobustnessView(
        found.positions(),
        found.solved(),
        found.clean(),
        found.under().stream()
            .map(each -> new UnderView(Question.id(each.method()), each.epsilon(), each.right()))
            .toList());
  }

  private static Object features(OpenNetwork network, Question question) {
    return new FeaturesView(
        question.objectiveText(),
        FeatureVisualization.of(network, question.objective(), PICTURES, question.seed()).stream()
            .map(
                each ->
                    new PictureView(
                        each.own(),
                        each.opponent(),
                        each.relaxed(),
                        new Scored(each.nearest().moves(), each.nearestScore()),
                        new Scored(each.legal().moves(), each.legalScore())))
            .toList());
  }

  private static Object dream(OpenNetwork network, Question question) {
    return new DreamView(
        question.objectiveText(),
        Dream.of(network, question.record(), question.objective()).stream()
            .map(
                each ->
                    new FrameView(
                        each.own(),
                        each.opponent(),
                        each.score(),
                        each.legal() == null || each.legalScore() == null
                            ? null
                            : new Scored(each.legal().moves(), each.legalScore())))
            .toList());
  }

  private static Object concepts(OpenNetwork network, OpenNetwork untrained, Question question) {
    Probes probes = Probes.of(network, question.seed());
    return new ConceptsView(
        probes.train(),
        probes.test(),
        List.of(
            new StageView(false, probes(Probes.of(untrained, question.seed()))),
            new StageView(true, probes(probes))));
  }

  private static List<ProbeView> probes(Probes probes) {
    return probes.probes().stream()
        .map(each -> new ProbeView(each.concept().id(), each.share(), each.layers()))
        .toList();
  }
}

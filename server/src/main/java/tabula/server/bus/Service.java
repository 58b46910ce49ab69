package tabula.server.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;

/** One kind of question on the bus: one who listens answers it. */
final class Service<Q extends Record, A extends Record> {

  private static final long TIMEOUT_MILLIS = 30_000;

  private final Vertx vertx;
  private final String address;
  private final DeliveryOptions asking;
  private final DeliveryOptions answering;

  Service(Vertx vertx, String address, Class<Q> question, Class<A> answer) {
    this.vertx = vertx;
    this.address = address;
    this.asking =
        new DeliveryOptions().setCodecName(question.getName()).setSendTimeout(TIMEOUT_MILLIS);
    this.answering = new DeliveryOptions().setCodecName(answer.getName());
  }

  Future<A> ask(Q question) {
    return vertx.eventBus().<A>request(address, question, asking).map(Message::body);
  }

  /** Answers, on the caller's context. */
  void answer(Function<Q, Future<A>> answerer) {
    vertx
        .eventBus()
        .<Q>consumer(
            address,
            message ->
                answerer
                    .apply(message.body())
                    .onSuccess(answer -> message.reply(answer, answering))
                    .onFailure(failure -> message.fail(1, String.valueOf(failure.getMessage()))));
  }
}

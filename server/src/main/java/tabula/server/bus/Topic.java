package tabula.server.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** One kind of message on the bus, told to all who listen. */
public final class Topic<T extends Record> {

  private final Vertx vertx;
  private final String address;
  private final DeliveryOptions options;

  Topic(Vertx vertx, String address, Class<T> type) {
    this.vertx = vertx;
    this.address = address;
    this.options = new DeliveryOptions().setCodecName(type.getName());
  }

  /** Lets the bus carry messages of a type. Once for each type and Vert.x. */
  static <T extends Record> void register(Vertx vertx, Class<T> type) {
    vertx.eventBus().registerCodec(new RecordCodec<>(type));
  }

  public void publish(T message) {
    vertx.eventBus().publish(address, message, options);
  }

  /** Listens, on the caller's context, until the returned consumer is unregistered. */
  public MessageConsumer<T> listen(Consumer<T> listener) {
    return vertx.eventBus().consumer(address, message -> listener.accept(message.body()));
  }
}

package tabula.server.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import tabula.games.Game;
import tabula.games.Games;

/** Carries a record over the bus: as it is within the process, as JSON between processes. */
final class RecordCodec<T extends Record> implements MessageCodec<T, T> {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Game.class, new GameWriter())
                  .addDeserializer(Game.class, new GameReader()));

  private final Class<T> type;

  RecordCodec(Class<T> type) {
    this.type = type;
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    try {
      byte[] json = JSON.writeValueAsBytes(message);
      buffer.appendInt(json.length).appendBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    try {
      return JSON.readValue(buffer.getBytes(position + 4, position + 4 + length), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records are immutable, so that the same one may be read on both sides. */
  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return type.getName();
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  private static final class GameWriter extends JsonSerializer<Game> {
    @Override
    public void serialize(Game game, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(game.id());
    }
  }

  private static final class GameReader extends JsonDeserializer<Game> {
    @Override
    public Game deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Games.get(json.getValueAsString());
    }
  }
}

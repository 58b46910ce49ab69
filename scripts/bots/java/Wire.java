import java.net.URI;
import java.net.http.*;
import java.util.Set;
import java.util.concurrent.*;

/** A websocket that is read line by line: frames, and at last a sentence about what went wrong. */
final class Wire implements WebSocket.Listener {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder parts = new StringBuilder();
  private WebSocket socket;

  Wire(HttpClient http, String server) {
    try {
      URI address = URI.create(server.replaceFirst("^http", "ws") + "/ws/v1");
      socket = http.newWebSocketBuilder().subprotocols("tabula.v1").buildAsync(address, this).get(30, TimeUnit.SECONDS);
      if (!socket.getSubprotocol().equals("tabula.v1")) heard.add("refused: the server does not speak tabula.v1");
    } catch (ExecutionException e) {
      boolean never = e.getCause() instanceof WebSocketHandshakeException answer
          && Set.of(400, 403).contains(answer.getResponse().statusCode());
      heard.add((never ? "refused: " : "no connection: ") + e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      heard.add("no connection: " + e);
    }
  }

  /** A frame, or else what is wrong. */
  String read(long millis) throws InterruptedException {
    String text = heard.poll(millis, TimeUnit.MILLISECONDS);
    return text == null ? "nothing is heard" : text;
  }

  /** That the connection broke meanwhile is read later. */
  void send(String frame, Object... values) {
    socket.sendText(frame.formatted(values), true).orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> null).join();
  }

  void close() {
    if (socket != null) socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((closed, e) -> socket.abort());
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    parts.append(part);
    if (last) {
      heard.add(parts.toString());
      parts.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    heard.add("closed: " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    heard.add("the connection broke");
  }
}

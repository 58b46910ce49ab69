package tabula.server.session;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a connection's messages together, as long as they are not too many. */
final class Inbox {

  static final int MAX_BYTES = 16 * 1024;

  /** What came of a part. */
  sealed interface Received {

    /** A whole message. */
    record Text(String text) implements Received {}

    /** More is to come, or nothing that counts. */
    record Nothing() implements Received {}

    record Binary() implements Received {}

    record TooLarge() implements Received {}

    record NotUtf8() implements Received {}

    record TooMany() implements Received {}
  }

  private static final Received NOTHING = new Received.Nothing();

  private final TokenBucket bucket;

  /** The parts of a message that is not whole yet. */
  private @Nullable Buffer parts;

  /** Whether the message whose parts come in was refused already. */
  private boolean skipping;

  /**
   * @param bucket what parts and binary frames cost: a message of text costs once it is whole
   */
  Inbox(TokenBucket bucket) {
    this.bucket = bucket;
  }

  /** Takes a frame of text, of bytes, or one that continues such. */
  Received take(WebSocketFrame frame) {
    boolean wholeText = frame.isText() && frame.isFinal();
    if (!wholeText && !bucket.take()) {
      parts = null;
      skipping = !frame.isFinal();
      return new Received.TooMany();
    } else if (skipping && frame.isContinuation()) {
      skipping = !frame.isFinal();
      return NOTHING;
    } else if (frame.isBinary()) {
      skipping = !frame.isFinal();
      return new Received.Binary();
    }
    skipping = false;
    Buffer before = parts;
    if ((before == null ? 0 : before.length()) + frame.binaryData().length() > MAX_BYTES) {
      return new Received.TooLarge();
    }
    if (before == null && frame.isFinal()) {
      return text(frame.binaryData());
    }
    Buffer all = (before == null ? Buffer.buffer() : before).appendBuffer(frame.binaryData());
    parts = frame.isFinal() ? null : all;
    return frame.isFinal() ? text(all) : NOTHING;
  }

  private static Received text(Buffer bytes) {
    String text = bytes.toString();
    // What cannot be decoded becomes this, which may also stand in a text that is right.
    return text.indexOf('\ufffd') >= 0 && !Buffer.buffer(text).equals(bytes)
        ? new Received.NotUtf8()
        : new Received.Text(text);
  }
}

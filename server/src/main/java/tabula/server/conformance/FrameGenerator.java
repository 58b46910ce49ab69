package tabula.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/**
 * Makes frames as a broken or hostile client would send them, the same ones from the same seed:
 * documented examples in any order, changed ones, fields of the schemas put together at random, and
 * bytes that are no frames at all.
 */
final class FrameGenerator {

  /**
   * Bytes to send.
   *
   * @param breaks whether the server may close the connection for them
   */
  record Frame(byte[] bytes, boolean breaks) {

    /** The code of a frame that closes the websocket; 1006 if it has none. */
    int goodbye() {
      return bytes.length >= 8 && bytes[0] == (byte) 0x88
          ? Short.toUnsignedInt(ByteBuffer.wrap(bytes, 6, 2).getShort())
          : 1006;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FINAL_TEXT = 0x81;
  private static final int LARGEST = 40_000;

  /** What stands where something else should. */
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e308",
          "1e9999",
          "9223372036854775808",
          "0.5",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\u001b[2J\"",
          "\"\\u202e\\u2066evil\"",
          "\"\\ud800\"",
          "\"\\uffff\\ufeff\"",
          "\"../../etc/passwd\"",
          "\"' OR 1=1 --\"",
          "\"<script>\"",
          "\"first\"",
          "\"open\"",
          "[]",
          "[[[[]]]]",
          "{}",
          "{\"__proto__\":{\"kind\":\"bot\"}}",
          "\"" + "x".repeat(101) + "\"",
          "\"" + "\\u00e9".repeat(700) + "\"",
          "\"\ud83d\ude00\"");

  private final SplittableRandom random;
  private final List<JsonNode> examples = new ArrayList<>();
  private final Supplier<String> anyMatch;
  private final Supplier<String> anyToken;
  private final Supplier<String> anySession;

  FrameGenerator(
      SplittableRandom random,
      Supplier<String> anyMatch,
      Supplier<String> anyToken,
      Supplier<String> anySession) {
    this.random = random;
    this.anyMatch = anyMatch;
    this.anyToken = anyToken;
    this.anySession = anySession;
    for (String type : Contract.get().names(Part.CLIENT)) {
      examples.addAll(Contract.get().examples(Part.CLIENT, type));
    }
  }

  Frame next() {
    int kind = random.nextInt(1000);
    if (kind < 250) {
      return text(example().toString());
    } else if (kind < 600) {
      return text(changed());
    } else if (kind < 750) {
      return text(invented());
    } else if (kind < 880) {
      return text(noJson());
    } else if (kind < 940) {
      return text(randomText(random.nextInt(200)));
    } else if (kind < 970) {
      return new Frame(Wire.encode(0x82, randomBytes(random.nextInt(300)), true), false);
    } else if (kind < 994) {
      return inParts();
    } else if (kind < 996) {
      return new Frame(
          Wire.encode(FINAL_TEXT, randomBytes(16_384 + random.nextInt(LARGEST)), true), true);
    } else {
      return noWebsocket();
    }
  }

  private static Frame text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Frame(Wire.encode(FINAL_TEXT, bytes, true), bytes.length > 16_384);
  }

  /** Names what is there, mostly. */
  private ObjectNode example() {
    JsonNode chosen = examples.get(random.nextInt(examples.size()));
    if (chosen.path("type").asText().equals("resign") && random.nextInt(30) > 0) {
      chosen = examples.stream().filter(each -> each.has("ply")).findAny().orElse(chosen);
    }
    String text = chosen.toString();
    if (random.nextInt(8) > 0) {
      text = text.replace("m7Kq2", anyMatch.get()).replace("2vK0cQ", anyToken.get());
    }
    if (random.nextInt(2) > 0) {
      text = text.replace("c0FfEe", anySession.get());
    }
    ObjectNode frame = (ObjectNode) parse(text);
    if (frame.has("ply")) {
      frame.put("ply", random.nextInt(4));
      frame.withObject("/data").put("move", String.valueOf(1 + random.nextInt(8)));
    }
    return frame;
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private String odd() {
    return ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
  }

  /** A frame of which something is replaced, left out, said twice, cut off or overwritten. */
  private String changed() {
    ObjectNode frame = example();
    List<String> fields = new ArrayList<>();
    frame.fieldNames().forEachRemaining(fields::add);
    String field = fields.get(random.nextInt(fields.size()));
    String text = frame.toString();
    return switch (random.nextInt(6)) {
      case 0 ->
          text.replaceFirst(
              "\"" + field + "\":(\"[^\"]*\"|\\d+|\\{[^}]*})",
              java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + odd()));
      case 1 -> {
        frame.remove(field);
        yield frame.toString();
      }
      case 2 -> text.substring(0, text.length() - 1) + ",\"" + field + "\":" + odd() + "}";
      case 3 -> text.substring(0, random.nextInt(text.length()));
      case 4 -> {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
          changed.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
        }
        yield changed.toString();
      }
      default ->
          text.replaceFirst(
              "\"data\":\\{",
              java.util.regex.Matcher.quoteReplacement(
                  "\"data\":{\"" + fieldOfData() + "\":" + odd() + ","));
    };
  }

  private String fieldOfData() {
    return List.of("seatToken", "kind", "name", "side", "move", "sessionId", "lastSeq", "x")
        .get(random.nextInt(8));
  }

  /** The fields that there are, with values that need not be theirs. */
  private String invented() {
    List<String> types = new ArrayList<>(Contract.get().names(Part.CLIENT));
    types.add("hello");
    types.add("__proto__");
    StringBuilder text =
        new StringBuilder("{\"type\":\"")
            .append(types.get(random.nextInt(types.size())))
            .append('"');
    for (String field : List.of("id", "matchId", "ply", "seq", "ts")) {
      if (random.nextBoolean()) {
        String value =
            random.nextInt(3) == 0
                ? odd()
                : field.equals("matchId") ? '"' + anyMatch.get() + '"' : random.nextInt(9) + "";
        text.append(",\"").append(field).append("\":").append(value);
      }
    }
    text.append(",\"data\":{");
    int fields = random.nextInt(4);
    for (int i = 0; i < fields; i++) {
      text.append(i > 0 ? "," : "").append('"').append(fieldOfData()).append("\":").append(odd());
    }
    return text.append("}}").toString();
  }

  private String noJson() {
    String text = example().toString();
    return switch (random.nextInt(8)) {
      case 0 -> text + text;
      case 1 -> text + " x";
      case 2 -> "[".repeat(1 + random.nextInt(3_000));
      case 3 -> "{\"a\":".repeat(1 + random.nextInt(1_500));
      case 4 -> "\ufeff" + text;
      case 5 -> "{\"type\":" + "1".repeat(1 + random.nextInt(1_200)) + "}";
      case 6 -> text.replace('"', '\'');
      default -> odd();
    };
  }

  private String randomText(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          random.nextInt(10) == 0 ? 0x80 + random.nextInt(0x700) : 1 + random.nextInt(126));
    }
    return text.toString();
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A text in parts, with a ping between them, or parts that belong to nothing. */
  private Frame inParts() {
    byte[] text = example().toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int cut = random.nextInt(text.length);
    all.writeBytes(Wire.encode(0x01, java.util.Arrays.copyOf(text, cut), true));
    if (random.nextBoolean()) {
      all.writeBytes(Wire.encode(0x89, randomBytes(random.nextInt(125)), true));
    }
    if (random.nextInt(20) > 0) {
      all.writeBytes(Wire.encode(0x80, java.util.Arrays.copyOfRange(text, cut, text.length), true));
      return new Frame(all.toByteArray(), false);
    }
    // A second text begins before the first has ended.
    all.writeBytes(Wire.encode(FINAL_TEXT, text, true));
    return new Frame(all.toByteArray(), true);
  }

  private Frame noWebsocket() {
    byte[] some = randomBytes(random.nextInt(200));
    return new Frame(
        switch (random.nextInt(7)) {
          case 0 -> some;
          case 1 -> Wire.encode(0x81 | (0x70 & random.nextInt()), some, true);
          case 2 -> Wire.encode(0x83 + random.nextInt(5), some, true);
          case 3 -> Wire.encode(FINAL_TEXT, "{}".getBytes(StandardCharsets.US_ASCII), false);
          case 4 -> Wire.encode(0x89, randomBytes(126 + random.nextInt(100)), true);
          case 5 -> Wire.encode(0x88, randomBytes(random.nextInt(4)), true);
          default -> Wire.encode(FINAL_TEXT, new byte[] {(byte) 0xC3, (byte) 0x28}, true);
        },
        true);
  }
}

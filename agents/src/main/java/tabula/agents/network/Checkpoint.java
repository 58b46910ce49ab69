package tabula.agents.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tabula.agents.files.AtomicFile;
import tabula.agents.network.nd4j.NetworkEvaluator;
import tabula.games.Game;
import tabula.games.Games;

/**
 * A network that plays: its weights, and where they came from, in one file.
 *
 * <p>The file is the bytes {@code TABULA}, a version (2 bytes), the header's length (4 bytes), a
 * header in JSON, the weights as 32-bit floats, and the SHA-256 of all that stands before it;
 * numbers are big-endian.
 *
 * @param game the game that it plays
 * @param spec the network's form
 * @param weights all weights, in the network's own order
 * @param step how many training steps it has behind it
 * @param parent the id of the checkpoint that it was trained on from, if any
 * @param seed the run's seed
 * @param config the run's configuration
 * @param metrics what was measured: losses, games, strength
 */
public record Checkpoint(
    Game game,
    NetworkSpec spec,
    float[] weights,
    long step,
    Optional<String> parent,
    long seed,
    JsonNode config,
    JsonNode metrics) {

  private static final byte[] MAGIC = "TABULA".getBytes(StandardCharsets.US_ASCII);
  private static final short VERSION = 2;
  private static final int FIXED_BYTES = MAGIC.length + 2 + 4;
  private static final int HASH_BYTES = 32;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final long MAX_FILE_BYTES = 1L << 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Thrown for a file that is no checkpoint that this version can use; the message says why, for
   * people.
   */
  public static final class UnusableCheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    UnusableCheckpointException(Path file, String reason) {
      super("%s is not a usable checkpoint: %s".formatted(file, reason));
    }
  }

  /** The first 12 hexadecimal digits of the hash of its content. */
  public String id() {
    byte[] content = encode();
    return HexFormat.of()
        .formatHex(content, content.length - HASH_BYTES, content.length - HASH_BYTES + 6);
  }

  /** The file's bytes. */
  private byte[] encode() {
    ObjectNode header = JSON.createObjectNode();
    header.put("game", game.id());
    header.put("network", spec.toString());
    header.put("weights", weights.length);
    header.put("step", step);
    parent.ifPresent(id -> header.put("parent", id));
    header.put("seed", seed);
    header.set("config", config);
    header.set("metrics", metrics);
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED_BYTES + text.length + 4 * weights.length + HASH_BYTES);
    bytes.put(MAGIC).putShort(VERSION).putInt(text.length).put(text);
    for (float weight : weights) {
      bytes.putFloat(weight);
    }
    bytes.put(sha256(bytes.array(), bytes.position()));
    return bytes.array();
  }

  private static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }

  /** Writes the file so that it is there whole or not at all, also if the machine stops. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, encode());
  }

  /**
   * Reads a file.
   *
   * @throws UnusableCheckpointException if it is none, is damaged, or is of another version
   * @throws IOException if it cannot be read at all
   */
  public static Checkpoint read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UnusableCheckpointException(file, "it is a folder.");
    }
    byte[] content;
    try {
      // What is no regular file, such as /dev/zero, may have no end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new UnusableCheckpointException(file, "it is no regular file.");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new UnusableCheckpointException(file, "it is larger than any checkpoint.");
      }
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnusableCheckpointException(
          file, "there is no such file (the one that comes with Tabula is called shipped).");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.BIG_ENDIAN);
    if (content.length < MAGIC.length
        || !Arrays.equals(Arrays.copyOf(content, MAGIC.length), MAGIC)) {
      throw new UnusableCheckpointException(
          file, "it does not begin with TABULA, so it is another kind of file.");
    }
    if (content.length < FIXED_BYTES + HASH_BYTES) {
      throw new UnusableCheckpointException(file, "it was cut short.");
    }
    bytes.position(MAGIC.length);
    short version = bytes.getShort();
    if (version != VERSION) {
      throw new UnusableCheckpointException(
          file, "its version is %d, and this Tabula reads version %d.".formatted(version, VERSION));
    }
    byte[] hash = Arrays.copyOfRange(content, content.length - HASH_BYTES, content.length);
    if (!MessageDigest.isEqual(hash, sha256(content, content.length - HASH_BYTES))) {
      throw new UnusableCheckpointException(
          file, "its checksum is wrong: it was cut short or damaged.");
    }
    int headerBytes = bytes.getInt();
    if (headerBytes < 0
        || headerBytes > MAX_HEADER_BYTES
        || headerBytes > bytes.remaining() - HASH_BYTES) {
      throw new UnusableCheckpointException(file, "its header has an impossible length.");
    }
    byte[] text = new byte[headerBytes];
    bytes.get(text);
    try {
      return decode(file, JSON.readTree(text), bytes);
    } catch (JsonProcessingException e) {
      throw new UnusableCheckpointException(file, "its header is not JSON.");
    }
  }

  private static Checkpoint decode(Path file, JsonNode header, ByteBuffer bytes)
      throws UnusableCheckpointException {
    Game game =
        Games.find(header.path("game").asText())
            .orElseThrow(
                () ->
                    new UnusableCheckpointException(
                        file,
                        "it plays '%s', which is no game here."
                            .formatted(header.path("game").asText())));
    NetworkSpec spec;
    try {
      spec = NetworkSpec.parse(header.path("network").asText());
    } catch (IllegalArgumentException e) {
      throw new UnusableCheckpointException(file, String.valueOf(e.getMessage()));
    }
    int count = header.path("weights").asInt(-1);
    int expected = NetworkEvaluator.weightCount(game, spec);
    if (count != expected || bytes.remaining() - HASH_BYTES != 4L * count) {
      throw new UnusableCheckpointException(
          file,
          "a %s network for %s has %d weights, not %d."
              .formatted(spec, game.id(), expected, count));
    }
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = bytes.getFloat();
    }
    return new Checkpoint(
        game,
        spec,
        weights,
        header.path("step").asLong(),
        header.has("parent") ? Optional.of(header.get("parent").asText()) : Optional.empty(),
        header.path("seed").asLong(),
        header.path("config"),
        header.path("metrics"));
  }
}

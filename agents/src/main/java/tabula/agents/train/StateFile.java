package tabula.agents.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import tabula.agents.files.AtomicFile;

/**
 * A part of a run's state on disk: a line that says what it is and of which version, the CRC-32 of
 * the content (4 bytes, big-endian), and the content.
 */
final class StateFile {

  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final long MAX_BYTES = Integer.MAX_VALUE - 64;

  private StateFile() {}

  private static byte[] firstLine(String kind) {
    return "Tabula %s, version %d\n".formatted(kind, VERSION).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Writes the file whole or not at all.
   *
   * @param kind such as "learner state"
   */
  static void write(Path file, String kind, byte[] content) throws IOException {
    byte[] line = firstLine(kind);
    ByteBuffer bytes = ByteBuffer.allocate(line.length + CHECKSUM_BYTES + content.length);
    bytes.put(line).putInt(checksum(content)).put(content);
    AtomicFile.write(file, bytes.array());
  }

  /**
   * The content of what {@link #write} wrote.
   *
   * @throws UnusableRunException if the file is of another kind or version, or is damaged
   */
  static byte[] read(Path file, String kind) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      throw new UnusableRunException(file, "it is no %s.".formatted(kind));
    }
    byte[] bytes = Files.readAllBytes(file);
    byte[] line = firstLine(kind);
    int contentStart = line.length + CHECKSUM_BYTES;
    if (!Arrays.equals(Arrays.copyOf(bytes, line.length), line)) {
      throw new UnusableRunException(
          file, "it is no %s of this version of Tabula, or it is damaged.".formatted(kind));
    }
    if (bytes.length < contentStart) {
      throw new UnusableRunException(file, "it was cut short.");
    }
    byte[] content = Arrays.copyOfRange(bytes, contentStart, bytes.length);
    if (checksum(content) != ByteBuffer.wrap(bytes).getInt(line.length)) {
      throw new UnusableRunException(file, "its checksum is wrong: it was cut short or damaged.");
    }
    return content;
  }

  static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}

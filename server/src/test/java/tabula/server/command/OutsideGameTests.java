package tabula.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tabula.server.TestProgram;

/** A game from outside, in a jar on the class path: the steps of docs/guides/adding-a-game.md. */
class OutsideGameTests {

  @TempDir Path folder;
  private Path jar = Path.of("");

  @BeforeEach
  void packJar() throws IOException {
    jar = folder.resolve("strip.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/services/tabula.games.Game"));
      entries.write("toy.Strip\n".getBytes(StandardCharsets.UTF_8));
      for (String name : new String[] {"toy/Strip.class", "toy/StripPosition.class"}) {
        entries.putNextEntry(new JarEntry(name));
        try (InputStream in =
            Objects.requireNonNull(getClass().getClassLoader()).getResourceAsStream(name)) {
          Objects.requireNonNull(in, name).transferTo(entries);
        }
      }
    }
  }

  private Process tabula(String... arguments) throws IOException {
    return new ProcessBuilder(TestProgram.withJars(List.of(jar), arguments))
        .directory(folder.toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    Process process = tabula(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> out + errors());
    return out;
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void gameInAJar_isTrained_andItsCheckpointPlays() throws Exception {
    run("train", "strip", "--minutes", "0.04", "--out", "run", "--seed", "1");
    assertTrue(Files.isRegularFile(folder.resolve("run/best.tabula")), errors());
    String score = run("match", "strip", "net:run/best.tabula?visits=20", "random", "--games", "4");
    assertTrue(score.startsWith("Strip: net:run/best.tabula?visits=20 against random"), score);
  }

  @Test
  void gameInAJar_isServed_andPlayed() throws Exception {
    Process server = tabula("serve", "--port", "0", "--data", folder.resolve("data").toString());
    try (HttpClient client = HttpClient.newHttpClient()) {
      String ready = Objects.requireNonNull(server.inputReader().readLine(), this::errors);
      String address = ready.replace("Tabula is ready at ", "");
      HttpResponse<String> made =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "/api/v1/matches"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          """
                          {"game": "strip", "first": {"kind": "agent", "agent": "random"},
                           "second": {"kind": "agent", "agent": "mcts:50"}}\
                          """))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(201, made.statusCode(), made::body);
      String id = made.body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
      String match = made.body();
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!match.matches("(?s).*\"outcome\":\"(first|second|draw)\".*")) {
        assertTrue(System.nanoTime() < deadline, match);
        Thread.sleep(50);
        match =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/matches/" + id)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }
}

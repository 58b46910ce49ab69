package tabula.agents.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import tabula.agents.solve.Solver;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Position;

/** Sets of labelled positions: made by a solver, written, read, and one that comes with Tabula. */
public final class LabelledPositions {

  /** Near-perfect play makes a random move so often. */
  private static final double SLIPS = 0.15;

  private LabelledPositions() {}

  /** The set that comes with the program, if there is one for a game. */
  public static Optional<List<LabelledPosition>> shipped(Game game) {
    String name = game.id() + ".positions";
    try (InputStream file = LabelledPositions.class.getResourceAsStream(name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(read(game, new InputStreamReader(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read.", e);
    }
  }

  /**
   * Reads a set from a file.
   *
   * @throws IllegalArgumentException if a line is none; the message says which and why
   */
  public static List<LabelledPosition> read(Game game, Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(game, reader);
    }
  }

  private static List<LabelledPosition> read(Game game, Reader source) throws IOException {
    List<LabelledPosition> positions = new ArrayList<>();
    BufferedReader reader = new BufferedReader(source);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      try {
        positions.add(parse(game, line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Line %d: %s".formatted(positions.size() + 1, e.getMessage()), e);
      }
    }
    return positions;
  }

  private static LabelledPosition parse(Game game, String line) {
    int tab = line.indexOf('\t');
    String form = "a line is moves, a tab, and -1, 0 or 1 for each legal move.";
    if (tab < 0) {
      throw new IllegalArgumentException(form);
    }
    GameRecord record =
        switch (GameRecord.read(game, line.substring(0, tab))) {
          case GameRecord.Reading.Valid(GameRecord valid) -> valid;
          case GameRecord.Reading.Invalid(String reason) ->
              throw new IllegalArgumentException(reason);
        };
    String[] labels = line.substring(tab + 1).split(" ", -1);
    int[] actions = record.position().legalActions();
    if (labels.length != actions.length || !Stream.of(labels).allMatch(l -> l.matches("-1|0|1"))) {
      throw new IllegalArgumentException(form);
    }
    return new LabelledPosition(
        record, actions, Arrays.stream(labels).mapToInt(Integer::parseInt).toArray());
  }

  public static void write(List<LabelledPosition> positions, Path file) throws IOException {
    Files.write(file, positions.stream().map(LabelledPosition::line).toList());
  }

  /**
   * Makes a set: positions of games played at random and, as many, of games played almost
   * perfectly, each game stopped at a random ply; no two the same but for a symmetry.
   *
   * @param seed the same seed gives the same set
   * @param made hears how many positions are labelled, from any thread
   */
  public static List<LabelledPosition> make(
      Game game, int count, long seed, int threads, IntConsumer made) throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    Set<Long> seen = new HashSet<>();
    List<LabelledPosition> positions = new ArrayList<>();
    while (positions.size() < count) {
      int before = positions.size();
      for (LabelledPosition position :
          candidates(game, count - before, seeds, threads, done -> made.accept(before + done))) {
        if (seen.add(canonicalHash(position.position()))) {
          positions.add(position);
        }
      }
    }
    return positions;
  }

  private static List<LabelledPosition> candidates(
      Game game, int count, SplittableRandom seeds, int threads, IntConsumer made)
      throws InterruptedException {
    // A random stream a position, so that the number of threads changes nothing.
    SplittableRandom[] randoms = new SplittableRandom[count];
    Arrays.setAll(randoms, i -> seeds.split());
    LabelledPosition[] candidates = new LabelledPosition[count];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable work =
        () -> {
          Solver solver =
              Solver.of(game)
                  .orElseThrow(() -> new IllegalArgumentException("Nobody has solved this game."));
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            candidates[i] =
                LabelledPosition.solve(playSome(game, i % 2 == 0, solver, randoms[i]), solver);
            made.accept(done.incrementAndGet());
          }
        };
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().name("label-" + i).start(work));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return List.of(candidates);
  }

  /** A game that is not over, so many moves long as chance decides. */
  private static GameRecord playSome(
      Game game, boolean atRandom, Solver solver, SplittableRandom random) {
    while (true) {
      int plies = random.nextInt(game.maxPlies() - 4);
      int[] actions = new int[plies];
      Position position = game.initialPosition();
      for (int ply = 0; ply < plies && !position.isOver(); ply++) {
        int[] legal = position.legalActions();
        actions[ply] =
            atRandom || random.nextDouble() < SLIPS
                ? legal[random.nextInt(legal.length)]
                : perfectMove(position, legal, solver, random);
        position = position.play(actions[ply]);
      }
      if (!position.isOver()) {
        return new GameRecord(actions, position);
      }
    }
  }

  private static int perfectMove(
      Position position, int[] legal, Solver solver, SplittableRandom random) {
    int value = solver.value(position);
    for (int left = legal.length; left > 1; left--) {
      int chosen = random.nextInt(left);
      int action = legal[chosen];
      if (solver.valueOf(position, action) == value) {
        return action;
      }
      legal[chosen] = legal[left - 1];
    }
    return legal[0];
  }

  private static long canonicalHash(Position position) {
    long least = position.hash64();
    for (int symmetry = 1; symmetry < position.game().symmetryCount(); symmetry++) {
      least = Math.min(least, position.transform(symmetry).hash64());
    }
    return least;
  }
}

package tabula.server.training;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tabula.agents.files.AtomicFile;
import tabula.agents.network.Checkpoint;
import tabula.agents.network.Checkpoint.UnusableCheckpointException;
import tabula.agents.train.RunConfig;
import tabula.games.Game;
import tabula.games.Games;
import tabula.server.bus.RunBus;
import tabula.server.match.Refusal;
import tabula.server.run.Run;
import tabula.server.run.RunCommand;
import tabula.server.run.RunCommand.Refused;
import tabula.server.run.RunCommand.Reply;
import tabula.server.run.RunConfigs;
import tabula.server.run.RunLimits;
import tabula.server.run.RunState;
import tabula.server.run.RunState.Order;
import tabula.server.run.RunStore;
import tabula.server.run.RunView;

/**
 * Keeps the training runs: lets so many train at once, each in a process of its own, lets the
 * others wait, and tells what becomes of them. The only one who writes them, on a thread that may
 * block.
 */
public final class RunsVerticle extends VerticleBase {

  /** Keeps a checkpoint of a run as a player, and returns the id under which it plays. */
  public interface Seating {
    String keep(Game game, Path checkpoint, boolean onLadder) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RunsVerticle.class);
  private static final long TICK_MILLIS = 500;

  /** So many lines at most are told at once: who hears that some are missing asks for them. */
  private static final int MOST_LINES_TOLD = 500;

  private static final long LEAST_FREE_BYTES = 1L << 30;
  private static final long WATCHED_NANOS = Duration.ofSeconds(10).toNanos();

  /** How long processes are waited for when the server stops; they end by themselves then. */
  private static final long STOP_MILLIS = 10_000;

  /** How long the process of a server that is gone may take to save what it has. */
  private static final long ORPHAN_NANOS = Duration.ofMinutes(2).toNanos();

  private final RunBus bus;
  private final RunStore store;
  private final RunLimits limits;
  private final Seating seating;

  /** The oldest first. */
  private final Map<String, Kept> runs = new LinkedHashMap<>();

  private boolean stopping;

  /** A run, and what is at work for it. */
  private static final class Kept {
    Run run;
    final RunFiles files;
    final MetricsTail metrics;
    @Nullable RunProcess process;

    /** Since when the process of another server is waited for. */
    long orphanSince = System.nanoTime();

    long watchedUntil = System.nanoTime();
    boolean live;
    long liveAskedAt;
    long liveShown;

    Kept(Run run, Path folder) {
      this.run = run;
      this.files = new RunFiles(folder);
      this.metrics = new MetricsTail(files.metrics());
    }
  }

  public RunsVerticle(RunBus bus, RunStore store, RunLimits limits, Seating seating) {
    this.bus = bus;
    this.store = store;
    this.limits = limits;
    this.seating = seating;
  }

  @Override
  public Future<?> start() throws IOException {
    for (Run run : store.all()) {
      Kept kept = new Kept(run, store.folder(run.id()));
      kept.metrics.read();
      runs.put(run.id(), kept);
    }
    bus.answer(command -> Future.succeededFuture(answer(command)));
    bus.onLook(this::look);
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    return Future.succeededFuture();
  }

  /** Those at work save their state, and go on with the next server. */
  @Override
  public Future<?> stop() {
    stopping = true;
    List<Future<?>> ends = new ArrayList<>();
    for (Kept kept : runs.values()) {
      RunProcess process = kept.process;
      if (process != null) {
        process.leave();
        ends.add(Future.fromCompletionStage(process.onEnd()));
      }
    }
    return Future.join(ends).timeout(STOP_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  // What is asked for.

  private Reply answer(RunCommand command) {
    try {
      return switch (command) {
        case RunCommand.ListAll all ->
            new RunCommand.Runs(runs.values().stream().map(this::view).toList().reversed());
        case RunCommand.Look look ->
            find(look.id()).<Reply>map(kept -> new RunCommand.Done(view(kept))).orElse(unknown());
        case RunCommand.Create create -> create(create);
        case RunCommand.Give order ->
            find(order.id()).map(kept -> follow(kept, order)).orElse(unknown());
        case RunCommand.Seat seat ->
            find(seat.id()).map(kept -> seat(kept, seat)).orElse(unknown());
      };
    } catch (IOException e) {
      return new Refused(Refusal.UNAVAILABLE, "The runs cannot be written: " + e.getMessage());
    }
  }

  private Optional<Kept> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  private static Reply unknown() {
    return new Refused(Refusal.UNKNOWN_RUN, "There is no such run.");
  }

  private RunView view(Kept kept) {
    int place = 0;
    if (kept.run.state() == RunState.QUEUED) {
      place = queue().indexOf(kept) + 1;
    }
    return new RunView(
        kept.run, place, kept.metrics.generation(), kept.metrics.lines(), kept.metrics.progress());
  }

  private Reply create(RunCommand.Create wish) throws IOException {
    @Nullable String owner = wish.by().id();
    if (owner == null) {
      return new Refused(
          Refusal.UNAUTHENTICATED,
          "A run is somebody's: sign in, or bring a token with run:write.");
    }
    Optional<Refused> full = full(owner, wish.by());
    if (full.isPresent()) {
      return full.get();
    }
    Optional<Refused> tooLong = tooLong(wish.minutes());
    if (tooLong.isPresent()) {
      return tooLong.get();
    }
    @Nullable Kept parent = null;
    @Nullable Checkpoint first = null;
    if (wish.from() != null) {
      parent = runs.get(wish.from().run());
      if (parent == null) {
        return unknown();
      }
      Optional<Path> file = parent.files.checkpoint(wish.from().checkpoint());
      if (file.isEmpty()) {
        return unknownCheckpoint(parent, wish.from().checkpoint());
      }
      first = Checkpoint.read(file.get());
    }
    Game game = Games.get(parent == null ? wish.game() : parent.run.game());
    RunConfig config;
    try {
      config =
          RunConfigs.of(parent == null ? null : parent.run.config(), wish.preset(), wish.config());
    } catch (IllegalArgumentException e) {
      return new Refused(Refusal.INVALID_CONFIG, String.valueOf(e.getMessage()));
    }
    if (first != null && !first.spec().equals(config.networkSpec())) {
      return new Refused(
          Refusal.INVALID_CONFIG,
          "Field 'network' must be %s, as in the checkpoint that the run begins with, not %s."
              .formatted(first.spec(), config.networkSpec()));
    }
    long now = System.currentTimeMillis();
    Run run =
        new Run(
            store.newId(),
            wish.name().isEmpty() ? game.title() : wish.name(),
            game.id(),
            new Run.Owner(owner, wish.by().name()),
            config.toJson(),
            wish.preset(),
            wish.minutes(),
            limits.threads(),
            wish.seed(),
            wish.from(),
            RunState.QUEUED,
            now,
            now,
            null,
            List.of(),
            null);
    Kept kept = new Kept(run, store.folder(run.id()));
    AtomicFile.write(
        kept.files.given(), run.config().toPrettyString().getBytes(StandardCharsets.UTF_8));
    if (first != null) {
      // A copy: the other run may be deleted.
      first.write(kept.files.first());
    }
    store.keep(run);
    runs.put(run.id(), kept);
    startWaiting();
    tell(kept);
    return new RunCommand.Done(view(kept));
  }

  /** Why no more runs are taken, if so. */
  private Optional<Refused> full(String owner, Run.Asker by) throws IOException {
    if (limits.atOnce() == 0) {
      return refused(
          Refusal.FORBIDDEN, "This server trains nothing for others: see 'serve --help'.");
    }
    int kept = 0;
    for (Kept each : runs.values()) {
      kept += each.run.owner().id().equals(owner) ? 1 : 0;
    }
    if (kept >= limits.kept() || runs.size() >= limits.keptInAll()) {
      return refused(
          Refusal.TOO_MANY_RUNS,
          runs.size() >= limits.keptInAll()
              ? "This server keeps %d runs, and has them.".formatted(limits.keptInAll())
              : "You have %d runs: delete one first.".formatted(kept));
    }
    Optional<Refused> underWay = underWay(owner, by.name() == null);
    if (underWay.isPresent()) {
      return underWay;
    }
    return store.freeBytes() < LEAST_FREE_BYTES
        ? refused(Refusal.UNAVAILABLE, "The server's disk is almost full.")
        : Optional.empty();
  }

  private Optional<Refused> underWay(String owner, boolean guest) {
    int most = guest ? limits.underWayOfGuest() : limits.underWay();
    long now =
        runs.values().stream()
            .filter(kept -> kept.run.owner().id().equals(owner) && kept.run.state().isUnderWay())
            .count();
    return now < most
        ? Optional.empty()
        : refused(
            Refusal.TOO_MANY_RUNS,
            "%d of your runs wait or train: pause or stop one first%s."
                .formatted(now, guest ? ", or make an account, which may have more" : ""));
  }

  private Optional<Refused> tooLong(double minutes) {
    return minutes <= limits.minutes()
        ? Optional.empty()
        : refused(
            Refusal.INVALID_CONFIG,
            "minutes must be at most %.0f on this server.".formatted(limits.minutes()));
  }

  private static Optional<Refused> refused(Refusal refusal, String message) {
    return Optional.of(new Refused(refusal, message));
  }

  private static Refused unknownCheckpoint(Kept kept, String name) {
    return new Refused(
        Refusal.UNKNOWN_CHECKPOINT,
        "Run %s has no checkpoint '%s'.".formatted(kept.run.id(), name));
  }

  private Reply follow(Kept kept, RunCommand.Give order) {
    Run run = kept.run;
    if (!order.by().mayChange(run)) {
      return new Refused(Refusal.FORBIDDEN, "This run is somebody else's.");
    }
    Optional<RunState> next = run.state().after(order.order());
    if (next.isEmpty()) {
      return new Refused(
          Refusal.NOT_NOW,
          "A run that is %s cannot be asked to %s%s."
              .formatted(
                  run.state().code(),
                  order.order().code(),
                  order.order() == Order.DELETE ? ": stop or pause it first" : ""));
    }
    try {
      return switch (order.order()) {
        case DELETE -> delete(kept);
        case RESUME -> resume(kept, order.minutes() == null ? run.minutes() : order.minutes());
        case PAUSE, STOP -> {
          change(kept, run.in(next.get(), null));
          RunProcess process = kept.process;
          if (process != null) {
            process.say(order.order().code());
          }
          startWaiting();
          yield new RunCommand.Done(view(kept));
        }
      };
    } catch (IOException e) {
      return new Refused(Refusal.UNAVAILABLE, "The run cannot be written: " + e.getMessage());
    }
  }

  private Reply resume(Kept kept, double minutes) throws IOException {
    Optional<Refused> no =
        tooLong(minutes)
            .or(() -> underWay(kept.run.owner().id(), kept.run.owner().isGuest()))
            .or(
                () ->
                    isOver(kept, minutes)
                        ? refused(
                            Refusal.NOT_NOW,
                            "The run has had its %.1f minutes: give more minutes in all."
                                .formatted(kept.metrics.seconds() / 60))
                        : Optional.empty());
    if (no.isPresent()) {
      return no.get();
    }
    change(kept, kept.run.queued(minutes, System.currentTimeMillis()));
    startWaiting();
    return new RunCommand.Done(view(kept));
  }

  private static boolean isOver(Kept kept, double minutes) {
    return kept.metrics.seconds() >= minutes * 60;
  }

  private Reply delete(Kept kept) throws IOException {
    RunView last = view(kept);
    store.delete(kept.run.id());
    runs.remove(kept.run.id());
    bus.publish(new RunView.Changed(last, true));
    return new RunCommand.Done(last);
  }

  private Reply seat(Kept kept, RunCommand.Seat wish) {
    if (wish.onLadder() && !wish.by().mayChange(kept.run)) {
      return new Refused(Refusal.FORBIDDEN, "This run is somebody else's.");
    }
    Optional<Path> file = kept.files.checkpoint(wish.checkpoint());
    if (file.isEmpty()) {
      return unknownCheckpoint(kept, wish.checkpoint());
    }
    try {
      Checkpoint checkpoint = Checkpoint.read(file.get());
      String player = seating.keep(checkpoint.game(), file.get(), wish.onLadder());
      if (wish.onLadder()) {
        change(kept, kept.run.promoted(RunFiles.name(checkpoint.step())));
      }
      return new RunCommand.Seated(view(kept), player);
    } catch (UnusableCheckpointException e) {
      LOG.error("A checkpoint of {} cannot be used", kept.run.id(), e);
      return new Refused(Refusal.UNKNOWN_CHECKPOINT, "The checkpoint is damaged.");
    } catch (Exception e) {
      return new Refused(Refusal.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  // What happens by itself.

  private void tick() {
    if (stopping) {
      return;
    }
    for (Kept kept : List.copyOf(runs.values())) {
      try {
        if (kept.run.state().hasProcess() && kept.process == null) {
          recover(kept);
        } else if (kept.process != null) {
          tellMetrics(kept);
          tellGames(kept);
        }
      } catch (IOException e) {
        LOG.warn("Run {}: {}", kept.run.id(), e.toString());
      }
    }
    startWaiting();
  }

  private List<Kept> queue() {
    return runs.values().stream()
        .filter(kept -> kept.run.state() == RunState.QUEUED)
        .sorted(Comparator.comparingLong(kept -> kept.run.queuedAt()))
        .toList();
  }

  private void startWaiting() {
    long free =
        limits.atOnce()
            - runs.values().stream().filter(kept -> kept.run.state().hasProcess()).count();
    for (Kept kept : queue()) {
      if (free-- > 0) {
        start(kept);
      }
    }
  }

  /**
   * A run that was at work when the last server ended. Its process saw that, and ends, too: as long
   * as it holds the run's lock it is waited for.
   */
  private void recover(Kept kept) throws IOException {
    Optional<RunLock> lock = RunLock.take(kept.files.folder());
    if (lock.isEmpty()) {
      Run.Trainer trainer = kept.run.process();
      if (trainer != null && System.nanoTime() - kept.orphanSince > ORPHAN_NANOS) {
        RunProcess.find(trainer).ifPresent(ProcessHandle::destroyForcibly);
      }
      return;
    }
    lock.get().close();
    tellMetrics(kept);
    if (kept.run.state() != RunState.RUNNING) {
      change(kept, kept.run.in(kept.run.state().after(RunState.End.STOPPED_EARLY), null));
    } else if (isOver(kept, kept.run.minutes())) {
      change(kept, kept.run.in(RunState.FINISHED, null));
    } else {
      start(kept);
    }
  }

  private void start(Kept kept) {
    try {
      RunProcess process = new RunProcess(kept.run, kept.files, limits.nice());
      kept.process = process;
      change(kept, kept.run.runningIn(process.trainer()));
      Future.fromCompletionStage(process.onEnd(), context)
          .onSuccess(end -> ended(kept, process, end));
    } catch (IOException e) {
      LOG.error("Run {} cannot start", kept.run.id(), e);
      fail(kept, "The training cannot be started: " + e.getMessage());
    }
  }

  private void ended(Kept kept, RunProcess process, RunState.End end) {
    kept.process = null;
    if (stopping) {
      // As it is kept it says what the next server is to do.
      return;
    }
    try {
      tellMetrics(kept);
      RunState next = kept.run.state().after(end);
      change(kept, kept.run.in(next, next == RunState.FAILED ? process.lastWords() : null));
      Files.deleteIfExists(kept.files.live());
    } catch (IOException e) {
      LOG.error("Run {} cannot be kept", kept.run.id(), e);
    }
    startWaiting();
  }

  private void fail(Kept kept, String why) {
    try {
      change(kept, kept.run.in(RunState.FAILED, why));
    } catch (IOException e) {
      LOG.error("Run {} cannot be kept", kept.run.id(), e);
    }
  }

  /** Keeps the run, and only then goes by it. */
  private void change(Kept kept, Run next) throws IOException {
    boolean queueMoves = kept.run.state() == RunState.QUEUED || next.state() == RunState.QUEUED;
    store.keep(next);
    kept.run = next;
    tell(kept);
    if (queueMoves) {
      queue().stream().filter(other -> other != kept).forEach(this::tell);
    }
  }

  private void tell(Kept kept) {
    bus.publish(new RunView.Changed(view(kept), false));
  }

  private void tellMetrics(Kept kept) throws IOException {
    long before = kept.metrics.generation();
    MetricsTail.News news = kept.metrics.read();
    if (!news.lines().isEmpty() || news.generation() != before) {
      int skipped = Math.max(0, news.lines().size() - MOST_LINES_TOLD);
      bus.publish(
          new RunView.Grew(
              kept.run.id(),
              news.generation(),
              news.from() + skipped,
              news.lines().subList(skipped, news.lines().size())));
    }
  }

  private void look(List<String> ids) {
    for (String id : ids) {
      find(id).ifPresent(kept -> kept.watchedUntil = System.nanoTime() + WATCHED_NANOS);
    }
  }

  /** The games being played cost their player a little: they are asked for while somebody looks. */
  private void tellGames(Kept kept) throws IOException {
    RunProcess process = kept.process;
    long now = System.nanoTime();
    if (process == null || kept.watchedUntil - now < 0) {
      kept.live = false;
      return;
    }
    if (!kept.live || now - kept.liveAskedAt > WATCHED_NANOS) {
      kept.live = true;
      kept.liveAskedAt = now;
      process.say("live");
    }
    if (Files.exists(kept.files.live())) {
      long written = Files.getLastModifiedTime(kept.files.live()).toMillis();
      if (written != kept.liveShown) {
        kept.liveShown = written;
        bus.publish(new RunView.Live(kept.run.id(), Files.readString(kept.files.live())));
      }
    }
  }
}

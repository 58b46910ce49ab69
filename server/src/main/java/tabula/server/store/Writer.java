package tabula.server.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. All work that waits is committed together, and a future completes
 * only once its work is on the disk. One that fails says nothing about whether the work was stored:
 * a connection can break while the commit's answer is on its way.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MOST_TOGETHER = 2000;
  private static final int MOST_WAITING = 100_000;

  /**
   * How long it is at least from one commit to the next: a quick disk would otherwise be asked to
   * sync for every move or two, and the processor have little time for anything else.
   */
  private static final long BETWEEN_COMMITS_NANOS = 2_000_000;

  /** A part of a transaction. */
  interface Work {
    void run(Transaction transaction) throws SQLException;
  }

  /** Something to write, on its way to the disk. */
  private record Waiting(Work work, CompletableFuture<Void> stored) {}

  private final Database database;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private @Nullable Transaction transaction;
  private volatile boolean closing;

  private long lastCommit = System.nanoTime() - BETWEEN_COMMITS_NANOS;

  /** The sentence that was logged last, while the database fails. */
  private @Nullable String trouble;

  Writer(Database database) throws SQLException {
    this.database = database;
    this.transaction = new Transaction(database.connectWriter());
    this.thread = Thread.ofPlatform().name("store-writer").start(this::write);
  }

  /**
   * Writes, together with what else waits.
   *
   * @return fails with a {@link StoreException}
   */
  CompletableFuture<Void> write(Work work) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    if (closing || !queue.offer(new Waiting(work, stored))) {
      stored.completeExceptionally(
          new StoreException(closing ? "The server stops." : "Too much waits to be stored.", null));
    }
    return stored;
  }

  private void write() {
    List<Waiting> together = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        together.add(queue.take());
        awaitOthers();
      } catch (InterruptedException e) {
        // Closing: what waits is still written.
        if (together.isEmpty()) {
          continue;
        }
      }
      queue.drainTo(together, MOST_TOGETHER - 1);
      commit(together);
      together.clear();
    }
    discard();
  }

  /** What comes until the next commit may begin is committed with it. */
  private void awaitOthers() throws InterruptedException {
    long wait = lastCommit + BETWEEN_COMMITS_NANOS - System.nanoTime();
    if (wait > 0 && !closing) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    lastCommit = System.nanoTime();
  }

  private void commit(List<Waiting> together) {
    try {
      Transaction open = open();
      for (Waiting waiting : together) {
        waiting.work().run(open);
      }
      open.commit();
      if (trouble != null) {
        LOG.info("{} takes writes again", database.name());
        trouble = null;
      }
      together.forEach(waiting -> waiting.stored().complete(null));
    } catch (SQLException e) {
      recover();
      if (!isWorksOwnFault(e)) {
        trouble(together.size(), database.explain(e));
        fail(together, database.explain(e), e);
      } else if (together.size() > 1) {
        together.forEach(waiting -> commit(List.of(waiting)));
      } else {
        LOG.error("A bug: a write breaks a rule of the schema: {}", e.getMessage());
        fail(together, database.explain(e), e);
      }
    } catch (RuntimeException e) {
      recover();
      LOG.error("A bug: {} writes were not stored", together.size(), e);
      fail(together, "Something went wrong on the server.", e);
    }
  }

  /**
   * A broken rule of the schema (SQL state 23, SQLite's code 19) must not take the neighbours
   * along.
   */
  private static boolean isWorksOwnFault(SQLException e) {
    String state = e.getSQLState();
    return (state != null && state.startsWith("23")) || (e.getErrorCode() & 0xff) == 19;
  }

  /** Once, until it is over or another one. */
  private void trouble(int writes, String message) {
    if (!message.equals(trouble)) {
      LOG.error("{} writes were not stored: {}", writes, message);
      trouble = message;
    }
  }

  private static void fail(List<Waiting> together, String message, Throwable cause) {
    StoreException failure = new StoreException(message, cause);
    together.forEach(waiting -> waiting.stored().completeExceptionally(failure));
  }

  private Transaction open() throws SQLException {
    Transaction open = transaction;
    if (open == null) {
      open = new Transaction(database.connectWriter());
      transaction = open;
    }
    return open;
  }

  /** Back to where nothing is begun, by a new connection if need be. */
  private void recover() {
    try {
      if (transaction != null) {
        transaction.rollback();
      }
    } catch (SQLException e) {
      discard();
    }
  }

  private void discard() {
    try {
      if (transaction != null) {
        transaction.close();
      }
    } catch (SQLException e) {
      LOG.debug("A broken connection did not close: {}", e.getMessage());
    }
    transaction = null;
  }

  /** Writes what waits. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

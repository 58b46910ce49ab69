package tabula.server.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartsTests {

  private static VerticleBase part(String name, List<String> stopped, Future<?> end) {
    return new VerticleBase() {
      @Override
      public Future<?> stop() {
        stopped.add(name);
        return end;
      }
    };
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** An endless turn of self-play was once waited for without limit, and nothing was saved. */
  @Test
  void stop_withPartsThatDoNotEnd_stopsTheOthersAndNamesThem() throws Exception {
    Vertx vertx = Vertx.vertx();
    CountDownLatch release = new CountDownLatch(1);
    Promise<Void> endless = Promise.promise();
    List<String> stopped = new CopyOnWriteArrayList<>();
    Parts parts = new Parts(vertx);
    Duration patient = Duration.ofMinutes(1);
    Duration hasty = Duration.ofSeconds(1);
    parts.start("monitor", part("monitor", stopped, Future.succeededFuture()), patient);
    parts.start("gate", part("gate", stopped, Future.failedFuture("the disk is full")), patient);
    parts.start("learner", part("learner", stopped, Future.succeededFuture()), patient);
    parts.start("self-play-0", part("self-play-0", stopped, endless.future()), hasty);
    CountDownLatch busy = new CountDownLatch(1);
    await(
        parts.start(
            "self-play-1",
            new VerticleBase() {
              @Override
              public Future<?> start() {
                context.runOnContext(
                    nothing -> {
                      busy.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
                return Future.succeededFuture();
              }
            },
            hasty));
    assertTrue(busy.await(30, TimeUnit.SECONDS));
    try {
      assertEquals(
          List.of(
              "self-play-1 did not end within 1 seconds",
              "self-play-0 did not end within 1 seconds",
              "gate could not end: the disk is full"),
          await(parts.stop()));
      assertEquals(List.of("self-play-0", "learner", "gate", "monitor"), stopped);
    } finally {
      release.countDown();
      endless.complete();
      await(vertx.close());
    }
  }
}

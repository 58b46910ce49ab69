package tabula.server.training;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parts of a run: each a verticle with a thread of its own. */
final class Parts {

  private record Part(String name, String deployment, Duration patience) {}

  private final Vertx vertx;
  private final Deque<Part> running = new ArrayDeque<>();
  private Future<Void> started = Future.succeededFuture();

  Parts(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts a part once those before it have started.
   *
   * @param patience how long it is waited for when it is stopped
   * @return fails if it, or one before it, cannot be started
   */
  Future<Void> start(String name, VerticleBase verticle, Duration patience) {
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(name)
            .setWorkerPoolSize(1)
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
    started =
        started.compose(
            before ->
                vertx
                    .deployVerticle(verticle, options)
                    .map(
                        id -> {
                          running.addFirst(new Part(name, id, patience));
                          return null;
                        }));
    return started;
  }

  /**
   * Stops the parts one after the other, the last first. One that does not end in time is left
   * behind, so that those after it can still save what they have.
   *
   * @return what went wrong, such as "learner did not end within 60 seconds"
   */
  Future<List<String>> stop() {
    List<String> problems = new ArrayList<>();
    return started
        .otherwiseEmpty()
        .compose(
            all -> {
              Future<Void> stopped = Future.succeededFuture();
              for (Part part : running) {
                stopped = stopped.compose(before -> stop(part, problems));
              }
              return stopped;
            })
        .map(all -> problems);
  }

  private Future<Void> stop(Part part, List<String> problems) {
    return vertx
        .undeploy(part.deployment())
        .timeout(part.patience().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              problems.add(
                  failure instanceof TimeoutException
                      ? "%s did not end within %s seconds"
                          .formatted(part.name(), part.patience().toSeconds())
                      : "%s could not end: %s".formatted(part.name(), failure.getMessage()));
              return Future.succeededFuture();
            });
  }
}

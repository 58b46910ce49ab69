package tabula.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tabula.server.run.RunState.QUEUED;
import static tabula.server.run.RunState.RUNNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tabula.agents.train.RunConfig;
import tabula.server.run.RunState.End;
import tabula.server.run.RunState.Order;

class RunStateTests {

  @TempDir private Path data = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "QUEUED,   PAUSED,  -,      FINISHED, -",
    "RUNNING,  PAUSING, -,      STOPPING, -",
    "PAUSING,  -,       -,      STOPPING, -",
    "PAUSED,   -,       QUEUED, FINISHED, PAUSED",
    "STOPPING, -,       -,      -,        -",
    "FINISHED, -,       QUEUED, -,        FINISHED",
    "FAILED,   -,       QUEUED, FINISHED, FAILED"
  })
  void order_leadsToTheState_orIsRefused(
      RunState state, String pause, String resume, String stop, String delete) {
    assertEquals(pause, after(state, Order.PAUSE));
    assertEquals(resume, after(state, Order.RESUME));
    assertEquals(stop, after(state, Order.STOP));
    assertEquals(delete, after(state, Order.DELETE));
  }

  private static String after(RunState state, Order order) {
    return state.after(order).map(RunState::name).orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING,  FINISHED, QUEUED,   FAILED",
    "PAUSING,  FINISHED, PAUSED,   FAILED",
    "STOPPING, FINISHED, FINISHED, FAILED"
  })
  void end_ofTheProcess_leadsToTheState(
      RunState state, RunState timeOver, RunState stoppedEarly, RunState crashed) {
    assertEquals(timeOver, state.after(End.TIME_OVER));
    assertEquals(stoppedEarly, state.after(End.STOPPED_EARLY));
    assertEquals(crashed, state.after(End.CRASHED));
  }

  @Test
  void end_withoutAProcess_isABug() {
    assertThrows(IllegalStateException.class, () -> QUEUED.after(End.TIME_OVER));
  }

  private static Run run(String id, RunState state) {
    return new Run(
        id,
        "First try",
        "tic-tac-toe",
        new Run.Owner("guest-1", null),
        RunConfig.DEFAULT.toJson(),
        "tiny",
        1.5,
        1,
        7,
        new Run.Origin("k3m9xq27ab", "best"),
        state,
        1_000,
        2_000,
        null,
        List.of("step-0000012"),
        new Run.Trainer(4711, 999));
  }

  @Test
  void run_thatIsKept_isReadAsItWas_andADamagedOneHarmsNoOther() throws IOException {
    RunStore store = new RunStore(data);
    Run run = run(store.newId(), RUNNING);
    store.keep(run);
    Run damaged = run(store.newId(), QUEUED);
    store.keep(damaged);
    Files.writeString(store.folder(damaged.id()).resolve("owned.json"), "{\"id\": ");
    assertEquals(List.of(run), new RunStore(data).all());
    store.delete(run.id());
    assertEquals(List.of(), store.all());
  }
}

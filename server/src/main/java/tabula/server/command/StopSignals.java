package tabula.server.command;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Ctrl-C and its kin, for a program that has something to save: the first asks it to stop, the
 * second does not wait.
 */
final class StopSignals implements AutoCloseable {

  private static final List<String> NAMES = List.of("HUP", "INT", "TERM");

  private final Runnable first;
  private final IntConsumer second;

  /** Who handled each signal before. */
  private final Map<Object, Object> before = new LinkedHashMap<>();

  private int number;

  /**
   * Hears the signals until it is closed.
   *
   * @param first is run at the first of them
   * @param second is handed the number of each later one
   */
  StopSignals(Runnable first, IntConsumer second) {
    this.first = first;
    this.second = second;
    try {
      // By name: the compiler warns of this package, and there is no other way to hear a signal
      // twice. A shutdown hook hears one.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle received =
          MethodHandles.lookup()
              .findVirtual(
                  StopSignals.class, "received", MethodType.methodType(void.class, Object.class))
              .bindTo(this)
              .asType(MethodType.methodType(void.class, signal));
      Object ours = MethodHandleProxies.asInterfaceInstance(handler, received);
      for (String name : NAMES) {
        Object each = signal.getConstructor(String.class).newInstance(name);
        before.put(each, handle(each, ours));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every JDK has sun.misc.Signal.", e);
    }
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }

  @SuppressWarnings("unused") // by its name
  private void received(Object signal) throws ReflectiveOperationException {
    int received = (int) signal.getClass().getMethod("getNumber").invoke(signal);
    if (isFirst(received)) {
      first.run();
    } else {
      second.accept(received);
    }
  }

  private synchronized boolean isFirst(int received) {
    if (number != 0) {
      return false;
    }
    number = received;
    return true;
  }

  /** The number of the first signal that came; 0 if none did. */
  synchronized int number() {
    return number;
  }

  /** Signals do again what they did before. */
  @Override
  public void close() {
    try {
      for (Map.Entry<Object, Object> entry : before.entrySet()) {
        handle(entry.getKey(), entry.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every JDK has sun.misc.Signal.", e);
    }
  }
}

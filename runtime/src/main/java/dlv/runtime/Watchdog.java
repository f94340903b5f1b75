package dlv.runtime;

import dlv.runtime.opencl.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Notices a device that does not answer any more.
 *
 * <p>A kernel that never ends cannot be stopped, and the thread that waits for it never returns. A program that must
 * not hang gives an alarm that ends the process; what was saved before is still there.
 */
public final class Watchdog implements AutoCloseable {
  private static final long MOST_BETWEEN_LOOKS = 1_000;

  private final Context context;
  private final Duration patience;
  private final Consumer<String> alarm;
  private final Thread thread;

  /**
   * Watches a device until this or the device is closed.
   *
   * @param patience how long one call may wait for the device
   * @param alarm is given the message, once, in a thread of the watchdog's
   */
  public Watchdog(Device device, Duration patience, Consumer<String> alarm) {
    this.context = device.context();
    this.patience = patience;
    this.alarm = alarm;
    this.thread = new Thread(this::watch, "dlv-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    long pause = Math.max(1, Math.min(MOST_BETWEEN_LOOKS, patience.toMillis() / 4));
    try {
      while (context.isOpen()) {
        Thread.sleep(pause);
        Optional<Context.Wait> wait = context.waiting()
            .filter(w -> System.nanoTime() - w.since() > patience.toNanos());
        if (wait.isPresent()) {
          alarm.accept(context.info().name() + " has not answered for " + patience.toSeconds()
              + " s; the last kernel that was started is " + wait.get().kernel());
          return;
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

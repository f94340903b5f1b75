package dlv.compiler.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/** Ctrl-C and its kin: the first asks to save and end, the second ends at once. */
final class Interruption implements BooleanSupplier {
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Listens for interrupt, termination and hang-up from now on. */
  static Interruption listen(Output output) {
    var interruption = new Interruption();
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(new Signal(name), signal -> interruption.ask(output));
      } catch (IllegalArgumentException e) {
        // this system has no such signal, or the JVM keeps it
      }
    }
    return interruption;
  }

  private void ask(Output output) {
    if (asked.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
    output.message("\nstopping after this step, and saving; once more to stop at once\n");
  }

  @Override
  public boolean getAsBoolean() {
    return asked.get();
  }
}

package dlv.runtime.opencl;

import java.util.function.Supplier;
import org.jocl.CLException;

/** The gate through which all calls into the driver pass, so that errors are translated and faults can be tried. */
final class Calls {
  /** Runs before each call with the function's name; tests put a fault there. */
  static volatile Fault fault = function -> {};

  private Calls() {}

  /** Something that may throw instead of a call. */
  interface Fault {
    void before(String function);
  }

  static <T> T call(String function, String about, Supplier<T> call) {
    try {
      fault.before(function);
      return call.get();
    } catch (CLException e) {
      throw Status.exception(e.getStatus(), function, about);
    }
  }

  static void run(String function, String about, Runnable call) {
    call(function, about, () -> {
      call.run();
      return null;
    });
  }
}

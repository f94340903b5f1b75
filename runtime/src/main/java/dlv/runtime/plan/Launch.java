package dlv.runtime.plan;

import java.util.List;

/**
 * One kernel launch.
 *
 * @param kernel the kernel function
 * @param program the source file that has it, such as {@code lenet5.cpu-batch.cl}
 * @param arguments in the order of the function's parameters
 * @param global work-items along each of one to three axes
 * @param local work-items of a group along each axis, each dividing the global size; empty: the driver chooses
 * @param origin where in the source it comes from, for people: {@code lenet5.dlv:12:3 net.conv1}
 * @param ir the kernel's line in the schedule, for people; empty for a copy that only one flavour makes
 */
public record Launch(String kernel, String program, List<Argument> arguments, List<Formula> global,
                     List<Integer> local, String origin, String ir) implements Work {
  /** Checks the number of axes. */
  public Launch {
    arguments = List.copyOf(arguments);
    global = List.copyOf(global);
    local = List.copyOf(local);
    if (global.isEmpty() || global.size() > 3 || !local.isEmpty() && local.size() != global.size()) {
      throw new IllegalArgumentException(kernel + ": global " + global + ", local " + local + " is no geometry");
    }
    if (local.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(kernel + ": local " + local + " is not positive");
    }
  }
}

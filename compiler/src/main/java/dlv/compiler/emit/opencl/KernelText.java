package dlv.compiler.emit.opencl;

import dlv.compiler.type.Dim;
import java.util.List;

/**
 * A kernel ready to be compiled and launched.
 *
 * @param function the name of the kernel function; equal names mean equal texts
 * @param comment what it computes and where that stands, as a C comment
 * @param text the function alone; it needs the prelude before it
 * @param arguments what to bind to its parameters, in order
 * @param global work-items along each axis
 * @param local work-items of a group along each axis, each dividing the global size
 */
public record KernelText(String function, String comment, String text, List<KernelArgument> arguments,
                         List<Dim> global, List<Integer> local) {
  public KernelText {
    arguments = List.copyOf(arguments);
    global = List.copyOf(global);
    local = List.copyOf(local);
  }
}

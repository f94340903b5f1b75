package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;

/** What is bound to a parameter of a kernel function. */
public sealed interface KernelArgument {
  /** The buffer of a stored value or a leaf. A value both read and written in place is two arguments, one buffer. */
  record OfNode(Node node, boolean written) implements KernelArgument {}

  /** The number of the element of its buffer at which a value begins, a multiple of 16: {@code int}. */
  record OfOffset(Node node) implements KernelArgument {}

  /** The number of the step of the loop that is {@code depth} loops further out: {@code int}. */
  record OfStep(int depth) implements KernelArgument {}

  /** A 32-bit integer: the value of a dimension, {@code batch} say. */
  record OfInt(Dim value) implements KernelArgument {}
}

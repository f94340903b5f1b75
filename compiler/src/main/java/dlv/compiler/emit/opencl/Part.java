package dlv.compiler.emit.opencl;

import dlv.compiler.type.Dim;

/** A stretch of a kernel: work that a number of items do, once for each block of the batch. */
interface Part {
  /** Work-items along axis 0. */
  long items();

  /** Work-items along axis 1: 1, the blocks of the batch, or its rows. */
  Dim blocks();

  /** Writes the work of one item, whose number is {@code item} within {@code block}. */
  void write(Code code, Signature signature);
}

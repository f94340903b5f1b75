package dlv.compiler.fuse;

/** What a kernel's loops look like. */
public enum Form {
  /** Elementwise over one index space; every result has its shape. */
  POINTWISE,
  /**
   * One work-item a row: reductions within rows, maps that read them, several results; besides, sums over the rows
   * themselves, which are stored as slabs. A kernel that reduces the batch away alone is of this form too.
   */
  ROW_REDUCE,
  /** A product, what follows it element by element or within small inner axes, and sums over the same loops. */
  CONTRACTION,
  /** Elements by place: gathers of the same rows and what follows them, or a scattered sum. */
  INDEXED,
  /** The steps of a loop over time, each several kernels; see {@link Steps}. */
  LOOP,
  /** One work-item. All results have rank 0, or are small constants: the gaps of an arena. */
  SCALAR
}

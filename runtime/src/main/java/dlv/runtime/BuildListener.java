package dlv.runtime;

/** Is told how many of an entry's kernels are ready: before the first, as they get so, and when all are. */
public interface BuildListener {
  void ready(int kernels, int of);
}

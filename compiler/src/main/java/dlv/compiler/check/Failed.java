package dlv.compiler.check;

/** Ends the evaluation of a part; the error has been reported, or the part waits for open dimensions. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1;
  static final Failed REPORTED = new Failed();

  private Failed() {
    super("reported", null, false, false);
  }
}

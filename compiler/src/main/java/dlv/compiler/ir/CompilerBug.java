package dlv.compiler.ir;

/** A fault of the compiler itself, met while it worked on {@code origin}; no program should be able to cause it. */
public final class CompilerBug extends RuntimeException {
  private final transient Origin origin;

  public CompilerBug(String what, Origin origin) {
    super(what);
    this.origin = origin;
  }

  public CompilerBug(String what, Origin origin, Throwable cause) {
    super(what, cause);
    this.origin = origin;
  }

  public Origin origin() {
    return origin;
  }
}

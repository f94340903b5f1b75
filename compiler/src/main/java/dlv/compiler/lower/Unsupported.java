package dlv.compiler.lower;

import dlv.compiler.ir.Origin;

/** A sound program that this version cannot compile yet: what, and where in the file. */
public final class Unsupported extends RuntimeException {
  private final transient Origin origin;

  public Unsupported(String what, Origin origin) {
    super(what);
    this.origin = origin;
  }

  public Origin origin() {
    return origin;
  }
}

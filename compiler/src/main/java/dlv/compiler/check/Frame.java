package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * An application in progress: where it was written, and inside which other one.
 *
 * <p>While its body evaluates a pipeline, {@code trail} holds what came out of each stage so far.
 */
final class Frame {
  private final Frame parent;
  private final Span call;
  private final String name;
  private final boolean library;
  private final int depth;
  private List<Step> trail = new ArrayList<>();

  /** One stage of a pipeline, and the type of what came out of it. */
  record Step(Span span, String type) {}

  /** {@code call} is null for what nobody calls: a network on its own, a train block. */
  Frame(Frame parent, Span call, String name, boolean library) {
    this.parent = parent;
    this.call = call;
    this.name = name;
    this.library = library;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  Frame parent() {
    return parent;
  }

  Span call() {
    return call;
  }

  String name() {
    return name;
  }

  /** Whether the body belongs to the standard library. */
  boolean isLibrary() {
    return library;
  }

  int depth() {
    return depth;
  }

  List<Step> trail() {
    return trail;
  }

  void trail(List<Step> steps) {
    trail = steps;
  }
}

package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One evaluation of a body: the instance it belongs to, the sizes it found, and what it has made so far. */
final class Activation {
  private final Session session;
  private final Frame frame;
  private final Instance instance;
  private final boolean training;
  private final List<Instance.Key> place;
  private final Map<String, Size> dims = new LinkedHashMap<>();
  private final List<Application> children = new ArrayList<>();
  private final List<StateInfo> weights = new ArrayList<>();
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, Dim> outer = new LinkedHashMap<>();
  private List<Size> ellipsis;
  private Steps steps;
  private Cell cell;

  /** A state as this application sees it: what it reads, null for a cell's, and its next value once that is known. */
  static final class Slot {
    private final Op.State read;
    private final Value.Tensor now;
    private Value.Tensor next;

    Slot(Op.State read, Value.Tensor now) {
      this.read = read;
      this.now = now;
    }

    Op.State read() {
      return read;
    }

    Value.Tensor now() {
      return now;
    }

    Value.Tensor next() {
      return next;
    }

    void next(Value.Tensor value) {
      next = value;
    }
  }

  Activation(Session session, Frame frame, Instance instance, boolean training, List<Instance.Key> place) {
    this.session = session;
    this.frame = frame;
    this.instance = instance;
    this.training = training;
    this.place = place;
  }

  Session session() {
    return session;
  }

  Frame frame() {
    return frame;
  }

  Instance instance() {
    return instance;
  }

  Declaration declaration() {
    return instance.declaration();
  }

  boolean training() {
    return training;
  }

  /** The calls that led here, from the outermost: the key of what is drawn. */
  List<Instance.Key> place() {
    return place;
  }

  /** Dimensions by name, as this application solved them. */
  Map<String, Size> dims() {
    return dims;
  }

  /** A size under a name that only this application has. */
  Size symbol(String name, Size found) {
    Dim symbol = session.symbol(name);
    outer.put(symbol.text(), found.declared());
    session.lengths().follow(symbol, found.declared());
    return new Size(found.value(), symbol);
  }

  /** A size under a name that stands for nothing else, here or outside. */
  Size own(Size found) {
    return new Size(found.value(), session.symbol("length"));
  }

  /** What the names of {@link #symbol} stand for outside. */
  Map<String, Dim> outer() {
    return outer;
  }

  /** The axes that {@code ...} stands for; null where it has not been met. */
  List<Size> ellipsis() {
    return ellipsis;
  }

  void ellipsis(List<Size> axes) {
    ellipsis = axes;
  }

  /** The way along a sequence in one of whose steps this lies; null where there is none. */
  Steps steps() {
    return steps;
  }

  void steps(Steps way) {
    steps = way;
  }

  /** The cell whose step this is; null for a network, inside a cell or not. */
  Cell cell() {
    return cell;
  }

  void cell(Cell own) {
    cell = own;
  }

  List<Application> children() {
    return children;
  }

  List<StateInfo> weights() {
    return weights;
  }

  Map<String, Slot> slots() {
    return slots;
  }

  /** Makes nodes that come from a place of this body; what the library makes comes from where the user applies it. */
  Build build(Span span) {
    Span place = span;
    for (Frame at = frame; at.isLibrary() && at.call() != null; at = at.parent()) {
      place = at.call();
    }
    return new Build(new Origin(instance.path(), place));
  }

  Failed error(String code, Span span, String message) {
    return session.blame().error(frame, code, span, message);
  }

  Failed report(dlv.compiler.diagnostic.Diagnostic diagnostic) {
    return session.blame().report(frame, diagnostic);
  }
}

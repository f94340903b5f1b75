package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Axes of a tensor by what is written: a dimension's name, {@code ...}, or a place, from the end if negative. */
final class Axes {
  private final Evaluator evaluator;
  private final Span span;

  Axes(Evaluator evaluator, Span span) {
    this.evaluator = evaluator;
    this.span = span;
  }

  List<Integer> all(Value value, Value.Tensor x) {
    TreeSet<Integer> axes = new TreeSet<>();
    List<Value> elements = value instanceof Value.Items items ? items.elements() : List.of(value);
    for (Value element : elements) {
      if (element instanceof Value.Ellipsis ellipsis) {
        ellipsis.axes().forEach(axis -> axes.add(named(axis, x)));
      } else if (!axes.add(one(element, x))) {
        throw evaluator.error("argument", span, "an axis is given twice");
      }
    }
    return List.copyOf(axes);
  }

  int one(Value value, Value.Tensor x) {
    Size size = Statics.whole(evaluator, value, span, "an axis");
    return size.declared().isConstant() ? placed(size.declared().value(), x) : named(size, x);
  }

  private int placed(long place, Value.Tensor x) {
    long axis = place < 0 ? place + x.rank() : place;
    if (axis < 0 || axis >= x.rank()) {
      throw evaluator.error("range", span, "axis " + place + " of " + x.text() + ", which has " + x.rank()
          + (x.rank() == 1 ? " axis" : " axes"));
    }
    return (int) axis;
  }

  private int named(Size size, Value.Tensor x) {
    List<Integer> found = new ArrayList<>(IntStream.range(0, x.rank())
        .filter(i -> x.declared().get(i).equals(size.declared())).boxed().toList());
    if (found.size() == 1) {
      return found.get(0);
    }
    String name = size.declared().equals(Dim.BATCH) ? "batch" : size.declared().text().replaceAll("#\\d+", "");
    throw evaluator.here().report(dlv.compiler.diagnostic.Diagnostic.error("shape", span, x.text() + " has "
        + (found.isEmpty() ? "no axis `" : "several axes `") + name + "`")
        .help(name.equals("batch") ? "`rows(x)` is all examples, with `batch` in front"
            : "give the place of the axis, from 0"));
  }
}

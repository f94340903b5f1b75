package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code x[2]}, {@code x[0 .. 3, ...]}: elements and parts by place; places count from 0, ranges hold both ends. */
final class Indexing {
  private final Evaluator evaluator;

  Indexing(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Value index(Expression.Index index) {
    Value target = evaluator.evaluate(index.target());
    if (target instanceof Value.Items items && index.indices().size() == 1) {
      return item(items.elements(), index);
    }
    if (target instanceof Value.Tuple tuple && index.indices().size() == 1) {
      return item(tuple.elements(), index);
    }
    if (!(target instanceof Value.Tensor tensor)) {
      throw evaluator.error("type", index.span(), target.text() + " has no elements by place");
    }
    return tensor(tensor, index);
  }

  private Value item(List<Value> elements, Expression.Index index) {
    Size place = evaluator.whole(index.indices().get(0), "a place");
    if (!place.isConstant()) {
      throw Failed.REPORTED;
    }
    long at = place.value().value() < 0 ? place.value().value() + elements.size() : place.value().value();
    if (at < 0 || at >= elements.size()) {
      throw evaluator.error("range", index.span(), "place " + place + " of a list of " + elements.size());
    }
    return elements.get((int) at);
  }

  private Value tensor(Value.Tensor tensor, Expression.Index index) {
    List<Expression> indices = index.indices();
    long dots = indices.stream().filter(Expression.Ellipsis.class::isInstance).count();
    if (dots > 1 || indices.size() - dots > tensor.rank()) {
      throw evaluator.error("shape", index.span(), tensor.text() + " has " + tensor.rank() + " axes, and gets "
          + (indices.size() - dots) + " places");
    }
    Value.Tensor result = tensor;
    int axis = 0;
    for (Expression place : indices) {
      if (place instanceof Expression.Ellipsis) {
        axis = result.rank() - (indices.size() - indices.indexOf(place) - 1);
      } else {
        Value value = evaluator.evaluate(place);
        if (value instanceof Value.Range range) {
          result = part(result, axis++, range, place.span());
        } else {
          result = element(result, axis, value, place.span());
        }
      }
    }
    return result;
  }

  private Size place(Value value, Size length, Span span) {
    Size place = Statics.whole(evaluator, value, span, "a place");
    boolean fromEnd = place.isConstant() && place.value().value() < 0;
    Size at = fromEnd ? length.plus(place) : place;
    Dim left = length.value().minus(at.value());
    boolean outside = left.isConstant() && left.value() < 1 || at.isConstant() && at.value().value() < 0;
    if (outside) {
      throw evaluator.error("range", span, "place " + place + " is outside an axis of " + length
          + (length.isConstant() ? ": places are 0 .. " + (length.value().value() - 1) : ""));
    }
    return at;
  }

  private Value.Tensor part(Value.Tensor x, int axis, Value.Range range, Span span) {
    Size from = place(range.from(), x.size(axis), span);
    Size to = place(range.to(), x.size(axis), span);
    Size size = to.minus(from).plus(1);
    var real = new RealPlaces(evaluator.here(), span);
    real.fromStart(x, axis, from, 1);
    if (size.isConstant() && size.value().value() < 1) {
      throw evaluator.error("range", span, "from " + from + " to " + to + " there is nothing");
    }
    Node node = evaluator.here().build(span).slice(x.node(), axis, from.value(), size.value(), 1);
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.set(axis, size.declared());
    return real.kept(x, new Value.Tensor(node, declared, x.categories()));
  }

  private Value.Tensor element(Value.Tensor x, int axis, Value value, Span span) {
    if (value instanceof Value.Tensor) {
      throw evaluator.here().report(dlv.compiler.diagnostic.Diagnostic.error("type", span,
          "places between brackets are static").help("`gather(x, places)` takes places that are computed"));
    }
    Size at = place(value, x.size(axis), span);
    new RealPlaces(evaluator.here(), span).first(x, axis, at);
    Build build = evaluator.here().build(span);
    Node slice = build.slice(x.node(), axis, at.value(), Dim.ONE, 1);
    Shape shape = slice.shape().without(List.of(axis));
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.remove(axis);
    return new Value.Tensor(build.reshape(slice, shape), declared, x.categories());
  }
}

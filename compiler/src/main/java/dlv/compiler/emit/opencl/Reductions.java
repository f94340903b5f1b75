package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Elements that need a loop: sums and other reductions, products one by one, scattered sums. */
final class Reductions {
  private final Elements elements;
  private final Code code;
  private final Signature signature;
  private final Lanes lanes;

  Reductions(Elements elements, Code code, Signature signature, Lanes lanes) {
    this.elements = elements;
    this.code = code;
    this.signature = signature;
    this.lanes = lanes;
  }

  private Sweep sweep(Node node, List<Dim> sizes, List<Index> at) {
    return new Sweep(code, signature, lanes, sizes, at.stream().noneMatch(Index::lanes), elements.slab(node));
  }

  private int width(Sweep sweep, List<Index> at) {
    return sweep.vectors() || at.stream().anyMatch(Index::lanes) ? lanes.width() : 1;
  }

  private Value variable(Element element, int width, String start) {
    String name = code.fresh("a");
    code.line(Value.type(element, width) + " " + name + " = " + start + ";");
    return new Value(name, element, width);
  }

  /** Accumulates over a sweep, then over the lanes; {@code step} gives the next value of the accumulator. */
  private Value accumulate(Sweep sweep, Value start, String lanesName, Function<List<Index>, String> step) {
    sweep.each(inner -> code.line(start.text() + " " + step.apply(inner) + ";"));
    return sweep.vectors() ? elements.named(start.element(), 1, lanesName + start.width() + "(" + start.text() + ")")
        : start;
  }

  private Value sum(Sweep sweep, Element element, List<Index> at, Function<List<Index>, String> term) {
    String name = element == Element.FLOAT ? "sum_float_" : "sum_int_";
    return accumulate(sweep, variable(element, width(sweep, at), "0"), name, inner -> "+= " + term.apply(inner));
  }

  Value reduce(Node node, Op.Reduce op, List<Index> at) {
    Node x = node.operand(0);
    Sweep sweep = sweep(node, op.axes().stream().map(x::dim).toList(), at);
    Function<List<Index>, Value> element = inner -> elements.element(x, merged(op.axes(), at, inner));
    return switch (op.reducer()) {
      case SUM -> {
        Value known = code.known(sumKey(x, op, at));
        yield known != null ? known : sum(sweep, x.element(), at, inner -> element.apply(inner).text());
      }
      case MAX -> max(sweep, x.element(), at, element);
      case LOGSUMEXP -> logSumExp(sweep, at, element);
      case VARIANCE -> {
        var spread = new Spread(elements, code, signature, lanes, sweep.sizes());
        if (!sweep.vectors() || !spread.worth()) {
          yield variance(sweep, at, element);
        }
        Value variance = spread.variance(element);
        code.remember(sumKey(x, op, at), spread.sum());
        yield variance;
      }
    };
  }

  /** What the sum of the same elements is known as, which their variance computes in passing. */
  private String sumKey(Node x, Op.Reduce op, List<Index> at) {
    return "sum over " + op.axes() + " of " + elements.key(x, at);
  }

  private static List<Index> merged(List<Integer> axes, List<Index> kept, List<Index> reduced) {
    var all = new ArrayList<>(kept);
    for (int i = 0; i < axes.size(); i++) {
      all.add(axes.get(i), reduced.get(i));
    }
    return all;
  }

  private Value max(Sweep sweep, Element element, List<Index> at, Function<List<Index>, Value> x) {
    int width = width(sweep, at);
    boolean real = element == Element.FLOAT;
    Value start = variable(element, width, real ? "-INFINITY" : "INT_MIN");
    return accumulate(sweep, start, real ? "max_float_" : "max_int_", inner ->
        "= " + (real ? "max_" + width : "max") + "(" + start.text() + ", " + x.apply(inner).widened(width) + ")");
  }

  private Value logSumExp(Sweep sweep, List<Index> at, Function<List<Index>, Value> x) {
    Value max = max(sweep, Element.FLOAT, at, x);
    Value sum = sum(sweep, Element.FLOAT, at, inner -> {
      Value value = x.apply(inner);
      int width = Math.max(value.width(), max.width());
      return "exp_" + width + "(" + value.widened(width) + " - " + max.widened(width) + ")";
    });
    int width = max.width();
    Value infinite = elements.named(Element.BOOL, width, "isinf(" + max.text() + ")");
    Value finite = elements.named(Element.FLOAT, width, max.text() + " + log(" + sum.widened(width) + ")");
    return elements.named(Element.FLOAT, width, ScalarText.select(infinite, max, finite, width));
  }

  private Value variance(Sweep sweep, List<Index> at, Function<List<Index>, Value> x) {
    Dim count = sweep.sizes().stream().reduce(Dim.ONE, Dim::times);
    String scale = count.isConstant() ? "(1.0f / " + count.value() + ".0f)"
        : "(1.0f / convert_float(" + signature.text(count) + "))";
    Value sum = sum(sweep, Element.FLOAT, at, inner -> x.apply(inner).text());
    Value mean = elements.named(Element.FLOAT, sum.width(), sum.text() + " * " + scale);
    Value squares = sum(sweep, Element.FLOAT, at, inner -> {
      Value value = x.apply(inner);
      Value d = elements.named(Element.FLOAT, Math.max(value.width(), mean.width()), value.text() + " - " + mean.text());
      return d.text() + " * " + d.text();
    });
    return elements.named(Element.FLOAT, squares.width(), squares.text() + " * " + scale);
  }

  Value contract(Node node, Op.Contract op, List<Index> at) {
    List<Integer> summed = op.a().stream().filter(label -> !op.out().contains(label)).toList();
    Node a = node.operand(0);
    Sweep sweep = sweep(node, summed.stream().map(label -> a.dim(op.a().indexOf(label))).toList(), at);
    return sum(sweep, Element.FLOAT, at, inner -> {
      Function<Integer, Index> place = label -> op.out().contains(label) ? at.get(op.out().indexOf(label))
          : inner.get(summed.indexOf(label));
      return elements.element(a, op.a().stream().map(place).toList()).text() + " * "
          + elements.element(node.operand(1), op.b().stream().map(place).toList()).text();
    });
  }

  /** Every tap that reaches the element, added. */
  Value fold(Node node, Op.Fold op, List<Index> at) {
    Node x = node.operand(0);
    int width = at.stream().anyMatch(Index::lanes) ? lanes.width() : 1;
    Value sum = variable(node.element(), width, "0");
    var sweep = new Sweep(code, signature, lanes, List.of(x.dim(op.axis() + 1)), false, null);
    sweep.each(inner -> {
      Index tap = inner.get(0);
      Index from = at.get(op.axis()).minus(tap.times(op.dilation()));
      Index place = from.over(op.stride());
      var test = new Test(signature).within(place, x.dim(op.axis())).divides(from, op.stride());
      if (test.never()) {
        return;
      }
      Runnable add = () -> code.line(sum.text() + " += "
          + elements.element(x, Views.split(at, op.axis(), place, tap)).text() + ";");
      if (test.holds()) {
        add.run();
      } else if (test.lanes()) {
        throw new Elements.Untiled("a fold whose place differs from lane to lane");
      } else {
        code.within("if (" + test.text() + ")", true, add);
      }
    });
    return sum;
  }

  /** Parts chosen lane by lane: each is read at a place within it, and what does not belong there is dropped. */
  Value concatInLanes(Node node, Op.Concat op, List<Index> at) {
    Value value = variable(node.element(), lanes.width(), "0");
    long start = 0;
    for (Node part : node.operands()) {
      Index inner = at.get(op.axis()).plus(-start);
      Index safe = elements.place(new Value(inner.atom(), Element.INT, lanes.width()), part.dim(op.axis()));
      Value x = elements.element(part, Views.with(at, op.axis(), safe));
      Value mine = elements.named(Element.BOOL, lanes.width(), safe + " == " + inner.atom());
      code.line(value.text() + " = " + ScalarText.select(mine, x, value, lanes.width()) + ";");
      start += part.dim(op.axis()).value();
    }
    return value;
  }

  /** The base, and every value whose place is this row, in order. */
  Value scatterAdd(Node node, Op.ScatterAdd op, List<Index> at) {
    Node places = node.operand(1);
    Value base = elements.element(node.operand(0), at);
    int width = at.stream().anyMatch(Index::lanes) ? lanes.width() : 1;
    Value sum = variable(node.element(), width, base.widened(width));
    List<Dim> sizes = places.shape().dims().subList(op.shared(), places.rank());
    var sweep = new Sweep(code, signature, lanes, sizes, false, null);
    sweep.each(inner -> {
      List<Index> place = Stream.concat(at.subList(0, op.shared()).stream(), inner.stream()).toList();
      Index row = elements.place(elements.element(places, place), node.dim(op.shared()));
      List<Index> from = Stream.concat(place.stream(), at.subList(op.shared() + 1, at.size()).stream()).toList();
      Index mine = at.get(op.shared());
      if (row.lanes() || mine.lanes()) {
        Value x = elements.element(node.operand(2), from);
        Value same = elements.named(Element.BOOL, lanes.width(), row + " == " + mine.atom());
        Value zero = new Value(x.element() == Element.FLOAT ? "0.0f" : "0", x.element(), 1);
        code.line(sum.text() + " += " + ScalarText.select(same, x, zero, lanes.width()) + ";");
      } else {
        code.within("if (" + row + " == " + mine + ")", true,
            () -> code.line(sum.text() + " += " + elements.element(node.operand(2), from).text() + ";"));
      }
    });
    return sum;
  }
}

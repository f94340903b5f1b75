package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Functions applied element by element, after their operands are lined up: scalars go with anything; at equal rank axes
 * are equal or literally 1; a shorter shape's dimensions occur in order, in exactly one way, in the longer, as
 * declared.
 */
final class Elementwise {
  private final Activation here;
  private final Span span;
  private final Build build;

  Elementwise(Activation here, Span span) {
    this.here = here;
    this.span = span;
    this.build = here.build(span);
  }

  /** {@code function} over operands of any shapes that line up; static numbers take the element of the tensors. */
  Value.Tensor apply(Scalar function, Value... operands) {
    Element element = element(function, operands);
    List<Value.Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      boolean condition = function == Scalar.SELECT && i == 0;
      tensors.add(tensor(operands[i], condition ? Element.BOOL : element, function));
    }
    return over(function, lineUp(tensors));
  }

  private Value.Tensor over(Scalar function, List<Value.Tensor> aligned) {
    Node node = build.map(function, aligned.stream().map(Value.Tensor::node).toArray(Node[]::new));
    return new Value.Tensor(node, aligned.get(0).declared(), Optional.empty());
  }

  /** The element that operands have together. */
  private Element element(Scalar function, Value... operands) {
    boolean floats = switch (function) {
      case DIV, POW, FLOOR, EXP, LOG, LOG1P, EXPM1, SQRT, RSQRT, SIN, COS, TANH, SIGMOID, RELU, SOFTPLUS, ERF -> true;
      default -> false;
    };
    boolean logic = function == Scalar.AND || function == Scalar.OR || function == Scalar.NOT;
    if (floats || logic) {
      return floats ? Element.FLOAT : Element.BOOL;
    }
    for (int i = function == Scalar.SELECT ? 1 : 0; i < operands.length; i++) {
      if (operands[i] instanceof Value.Tensor tensor) {
        boolean truths = tensor.node().element() == Element.BOOL && !comparesTruths(function);
        return truths ? Element.FLOAT : tensor.node().element();
      }
    }
    return Element.FLOAT;
  }

  private static boolean comparesTruths(Scalar function) {
    return switch (function) {
      case EQ, NE, SELECT, TO_FLOAT, TO_INT -> true;
      default -> false;
    };
  }

  /** A value as a tensor of an element: numbers and lists become constants. */
  private Value.Tensor tensor(Value value, Element wanted, Scalar function) {
    if (value instanceof Value.Tensor tensor) {
      Element found = tensor.node().element();
      boolean converts = found == Element.INT && wanted == Element.FLOAT
          && (function == Scalar.DIV || tensor.categories().isEmpty());
      if (found == wanted || function == Scalar.TO_FLOAT || function == Scalar.TO_INT) {
        return tensor;
      }
      if (converts) {
        return new Value.Tensor(build.map(Scalar.TO_FLOAT, tensor.node()), tensor.declared(), Optional.empty());
      }
      throw here.report(dlv.compiler.diagnostic.Diagnostic
          .error("type", span, "this takes " + word(wanted) + ", and gets " + tensor.text())
          .help(wanted == Element.FLOAT || found == Element.FLOAT && wanted == Element.INT
              ? "`to_float(…)` makes numbers of categories and truths"
              : "compare categories with categories, truths with truths"));
    }
    if (wanted == Element.BOOL && value instanceof Value.Truth truth) {
      return Value.Tensor.of(build.constant(truth.value() ? 1 : 0, Element.BOOL, Shape.SCALAR));
    }
    if (wanted == Element.INT && value instanceof Value.Whole whole) {
      return Value.Tensor.of(whole.size().isConstant()
          ? build.constant(whole.size().value().value(), Element.INT, Shape.SCALAR) : build.size(whole.size().value()));
    }
    if (wanted == Element.FLOAT && Arithmetic.isNumber(value)) {
      Optional<Node> ofExample = new RealPlaces(here, span).number(value);
      if (ofExample.isPresent()) {
        return Value.Tensor.of(ofExample.get());
      }
      return Value.Tensor.of(new Arithmetic(build).node(value));
    }
    Optional<Value.Tensor> constant = wanted == Element.FLOAT && value instanceof Value.Items
        ? new Arithmetic(build).tensor(value) : Optional.empty();
    return constant.orElseThrow(() -> here.error("type", span, "this takes " + word(wanted) + ", and gets "
        + value.text()));
  }

  private static String word(Element element) {
    return switch (element) {
      case FLOAT -> "numbers";
      case INT -> "whole numbers or categories";
      case BOOL -> "truths";
      case BYTE -> "bytes";
      case BF16 -> "numbers";
    };
  }

  /** The operands in one shape. */
  List<Value.Tensor> lineUp(List<Value.Tensor> operands) {
    Value.Tensor longest = operands.get(0);
    for (Value.Tensor operand : operands) {
      longest = operand.rank() > longest.rank() ? operand : longest;
    }
    List<Size> target = longest.sizes();
    for (Value.Tensor operand : operands) {
      target = operand.rank() == longest.rank() ? merged(target, operand, operands) : target;
    }
    List<Value.Tensor> aligned = new ArrayList<>();
    for (Value.Tensor operand : operands) {
      aligned.add(spread(operand, target, operands));
    }
    return aligned;
  }

  private static boolean literallyOne(Size size) {
    return size.value().is(1) && size.declared().is(1);
  }

  private List<Size> merged(List<Size> target, Value.Tensor operand, List<Value.Tensor> operands) {
    List<Size> merged = new ArrayList<>();
    for (int axis = 0; axis < target.size(); axis++) {
      Size a = target.get(axis);
      Size b = operand.size(axis);
      if (a.value().equals(b.value())) {
        merged.add(together(a, b, operands));
      } else if (literallyOne(a) || literallyOne(b)) {
        merged.add(literallyOne(a) ? b : a);
      } else {
        throw disagree(operands, "axis " + axis + " is " + a + " in one and " + b + " in the other");
      }
    }
    return merged;
  }

  /** One of two equal sizes: the one that is declared by name, and the one whose length differs by example. */
  private Size together(Size a, Size b, List<Value.Tensor> operands) {
    Lengths lengths = here.session().lengths();
    if (lengths.differs(a.declared()) && lengths.differs(b.declared()) && !lengths.same(a.declared(), b.declared())) {
      throw disagree(operands, "in each example one has its own length and the other another");
    }
    return a.declared().equals(a.value()) || lengths.differs(b.declared()) ? b : a;
  }

  private Failed disagree(List<Value.Tensor> operands, String why) {
    String shapes = String.join(" and ", operands.stream().map(Value.Tensor::text).distinct().toList());
    return here.report(dlv.compiler.diagnostic.Diagnostic
        .error("shape", span, shapes + " do not line up: " + why)
        .help("`reshape` with axes of 1 says which axes go together"));
  }

  private Value.Tensor spread(Value.Tensor x, List<Size> target, List<Value.Tensor> operands) {
    List<Dim> declared = target.stream().map(Size::declared).toList();
    Shape shape = new Shape(target.stream().map(Size::value).toList());
    if (x.rank() == 0) {
      return new Value.Tensor(build.fill(x.node(), shape), declared, Optional.empty());
    }
    List<Integer> missing = x.rank() == target.size() ? stretched(x, target) : missing(x, target, operands);
    if (missing.isEmpty()) {
      return new Value.Tensor(x.node(), declared, x.categories());
    }
    Node squeezed = x.rank() == target.size() ? build.reshape(x.node(), x.shape().without(missing)) : x.node();
    return new Value.Tensor(build.spread(squeezed, missing, shape), declared, Optional.empty());
  }

  private static List<Integer> stretched(Value.Tensor x, List<Size> target) {
    return IntStream.range(0, x.rank()).filter(axis -> !x.shape().dim(axis).equals(target.get(axis).value()))
        .boxed().toList();
  }

  /** The axes of the target that the shorter shape lacks. */
  private List<Integer> missing(Value.Tensor x, List<Size> target, List<Value.Tensor> operands) {
    List<List<Integer>> ways = new ArrayList<>();
    embed(x.declared(), target, 0, new ArrayList<>(), ways);
    if (ways.size() != 1) {
      throw disagree(operands, ways.isEmpty()
          ? "the axes of the shorter do not occur in the longer"
          : "the axes of the shorter occur in the longer in more than one way");
    }
    return Build.axesWithout(target.size(), ways.get(0));
  }

  private static void embed(List<Dim> wanted, List<Size> target, int from, List<Integer> chosen,
      List<List<Integer>> ways) {
    if (chosen.size() == wanted.size()) {
      ways.add(List.copyOf(chosen));
      return;
    }
    for (int axis = from; axis < target.size() && ways.size() < 2; axis++) {
      if (target.get(axis).declared().equals(wanted.get(chosen.size()))) {
        chosen.add(axis);
        embed(wanted, target, axis + 1, chosen, ways);
        chosen.remove(chosen.size() - 1);
      }
    }
  }
}

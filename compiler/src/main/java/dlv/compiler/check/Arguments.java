package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.ir.Build;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** The arguments of a call of a primitive, by name, as the rule wants them. */
final class Arguments {
  private final Primitive primitive;
  private final Evaluator evaluator;
  private final Span span;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final List<Given> rest = new ArrayList<>();

  Arguments(Primitive primitive, Evaluator evaluator, Span span) {
    this.primitive = primitive;
    this.evaluator = evaluator;
    this.span = span;
  }

  /** Sorts the arguments of a call; every wrong one is reported. */
  void bind(List<Given> all) {
    boolean failed = false;
    int position = 0;
    var parameters = primitive.parameters();
    for (Given argument : all) {
      failed |= argument.isUnknown();
      boolean toRest = argument.name().isEmpty() && position < parameters.size() && parameters.get(position).rest();
      if (toRest) {
        rest.add(argument);
      } else if (argument.name().isPresent()) {
        failed |= !named(argument);
      } else if (position < parameters.size()) {
        failed |= !put(parameters.get(position++).name(), argument);
      } else {
        evaluator.here().report(Diagnostic.error("argument", argument.span(), "`" + primitive.name()
            + "` takes no more arguments").help("write " + primitive.signature()));
        failed = true;
      }
    }
    for (Primitive.Parameter parameter : parameters) {
      boolean lacks = parameter.required() && !given.containsKey(parameter.name());
      if (lacks && !failed) {
        evaluator.here().report(Diagnostic.error("argument", span, "`" + primitive.name() + "` needs `"
            + parameter.name() + "`").help("write " + primitive.signature()));
      }
      failed |= lacks;
    }
    if (failed) {
      throw Failed.REPORTED;
    }
  }

  private boolean named(Given argument) {
    var name = argument.name().orElseThrow();
    TreeSet<String> known = new TreeSet<>();
    primitive.parameters().stream().filter(p -> !p.rest()).forEach(p -> known.add(p.name()));
    if (known.contains(name.text())) {
      return put(name.text(), argument);
    }
    Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-option", name.span(), "`" + primitive.name()
        + "` has no parameter `" + name.text() + "`"), name.text(), known);
    evaluator.here().report(diagnostic.helps().isEmpty() ? diagnostic.help("write " + primitive.signature())
        : diagnostic);
    return false;
  }

  private boolean put(String name, Given argument) {
    if (given.putIfAbsent(name, argument) != null) {
      evaluator.error("argument", argument.span(), "`" + name + "` is given twice");
      return false;
    }
    return true;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Span span() {
    return span;
  }

  Build build() {
    return evaluator.here().build(span);
  }

  RealPlaces real() {
    return new RealPlaces(evaluator.here(), span);
  }

  Elementwise elementwise() {
    return new Elementwise(evaluator.here(), span);
  }

  Failed error(String code, String message) {
    return evaluator.error(code, span, message);
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  Value value(String name) {
    return given.get(name).value();
  }

  Span spanOf(String name) {
    return given.get(name).span();
  }

  /** The arguments that the parameter with a star took. */
  List<Given> rest() {
    return rest;
  }

  private String what(String name) {
    return "`" + name + "` of `" + primitive.name() + "`";
  }

  /** A tensor; numbers and lists become constants. */
  Value.Tensor tensor(String name) {
    return tensor(given.get(name), what(name));
  }

  Value.Tensor tensor(Given argument, String what) {
    Value value = argument.value();
    if (value instanceof Value.Tensor tensor) {
      return tensor;
    }
    if (Arithmetic.isNumber(value)) {
      return Value.Tensor.of(new Arithmetic(build()).node(value));
    }
    if (value instanceof Value.Items items) {
      var constant = new Arithmetic(build()).tensor(items);
      if (constant.isPresent()) {
        return constant.get();
      }
    }
    throw evaluator.error("type", argument.span(), what + " is a tensor, not " + value.text());
  }

  /** A tensor of floats. */
  Value.Tensor floats(String name) {
    Value.Tensor tensor = tensor(name);
    if (tensor.node().element() != Element.FLOAT) {
      throw evaluator.here().report(Diagnostic.error("type", spanOf(name), what(name) + " takes numbers, and gets "
          + tensor.text()).help("`to_float(…)` makes numbers of categories and truths"));
    }
    return tensor;
  }

  /** A tensor of whole numbers or categories. */
  Value.Tensor integers(String name) {
    Value.Tensor tensor = tensor(name);
    if (tensor.node().element() != Element.INT) {
      throw evaluator.error("type", spanOf(name), what(name) + " takes whole numbers or categories, and gets "
          + tensor.text());
    }
    return tensor;
  }

  Size whole(String name) {
    return Statics.whole(evaluator, value(name), spanOf(name), what(name));
  }

  Size whole(String name, long otherwise) {
    return has(name) ? whole(name) : Size.of(otherwise);
  }

  /** A whole number that must be known, at least {@code least}. */
  long count(String name, long otherwise, long least) {
    if (!has(name)) {
      return otherwise;
    }
    Size size = whole(name);
    if (!size.isConstant()) {
      throw Failed.REPORTED;
    }
    long value = size.value().value();
    if (value < least || value > Bounds.DIMENSION) {
      throw evaluator.error("range", spanOf(name), what(name) + " is at least " + least + ", not " + value);
    }
    return value;
  }

  double number(String name, double otherwise) {
    return has(name) ? Statics.number(evaluator, value(name), spanOf(name), what(name)) : otherwise;
  }

  OptionalDouble optional(String name) {
    return has(name) ? OptionalDouble.of(number(name, 0)) : OptionalDouble.empty();
  }

  String text(String name) {
    if (value(name) instanceof Value.Text text) {
      return text.value();
    }
    throw evaluator.error("argument", spanOf(name), what(name) + " is a text, not " + value(name).text());
  }

  /** The sizes of a shape: a list of whole numbers, in which {@code ...} may stand. */
  List<Size> sizes(String name) {
    List<Size> sizes = new ArrayList<>();
    List<Value> elements = value(name) instanceof Value.Items items ? items.elements() : List.of(value(name));
    for (Value element : elements) {
      if (element instanceof Value.Ellipsis ellipsis) {
        sizes.addAll(ellipsis.axes());
      } else {
        sizes.add(Statics.whole(evaluator, element, spanOf(name), "a size in " + what(name)));
      }
    }
    Bounds.refusal(Shaping.shape(sizes)).ifPresent(why -> {
      throw evaluator.error("range", spanOf(name), why);
    });
    return sizes;
  }

  /** One axis of a tensor. */
  int axis(String name, Value.Tensor x, int otherwise) {
    return has(name) ? new Axes(evaluator, spanOf(name)).one(value(name), x) : otherwise;
  }

  /** Several axes of a tensor, ascending; all where the argument is left out. */
  List<Integer> axes(String name, Value.Tensor x) {
    return has(name) ? new Axes(evaluator, spanOf(name)).all(value(name), x)
        : java.util.stream.IntStream.range(0, x.rank()).boxed().toList();
  }

  /** Sizes of a tensor without some axes, as declared. */
  static List<Dim> without(Value.Tensor x, List<Integer> axes) {
    List<Dim> declared = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        declared.add(x.declared().get(i));
      }
    }
    return declared;
  }
}

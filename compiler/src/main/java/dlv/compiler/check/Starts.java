package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Name;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How weights begin: a number, a list, a primitive such as {@code zeros}, or a network that is applied to the weight
 * and answers with one. Such a network's {@code fan_in} and {@code fan_out}, where the call does not give them, are
 * the two
 * sizes of a rank-2 weight.
 */
final class Starts {
  private final Evaluator body;

  Starts(Evaluator body) {
    this.body = body;
  }

  Initialiser of(Expression initial, Name weight, List<Size> sizes) {
    Span span = initial.span();
    Value value = initial instanceof Expression.Call call
        ? called(call, weight, sizes) : applied(body.evaluate(initial), weight, sizes, span);
    return initialiser(value, sizes, span);
  }

  /** A call of a network without its weight, which comes first. */
  private Value called(Expression.Call call, Name weight, List<Size> sizes) {
    if (call.function() instanceof Expression.Reference reference
        && body.lookup().function(reference) instanceof Value.Template template
        && template.declaration().kind() == Declaration.Kind.NETWORK) {
      Map<String, Size> fans = fans(template.declaration(), names(call), sizes, call.span());
      return new Calls(body).call(call, fans, placeholder(weight, sizes, call.span()));
    }
    return applied(body.evaluate(call), weight, sizes, call.span());
  }

  private static List<String> names(Expression.Call call) {
    return call.arguments().stream().flatMap(argument -> argument.name().stream()).map(Name::text).toList();
  }

  private Value applied(Value value, Name weight, List<Size> sizes, Span span) {
    if (value instanceof Value.Builtin) {
      return new Calls(body).invoke(value, List.of(), span);
    }
    if (value instanceof Value.Template template && template.declaration().kind() == Declaration.Kind.NETWORK) {
      Map<String, Size> fans = fans(template.declaration(), List.of(), sizes, span);
      return new Calls(body).invoke(value, Calls.labelled(fans, placeholder(weight, sizes, span), span), span);
    }
    return value;
  }

  private Value.Tensor placeholder(Name weight, List<Size> sizes, Span span) {
    Build build = body.here().build(span);
    Op.State state = new Op.State(weight.text(), Role.WEIGHT, Element.FLOAT, Shaping.shape(sizes), 0);
    return Value.Tensor.of(build.node(state), sizes);
  }

  private Map<String, Size> fans(Declaration declaration, List<String> given, List<Size> sizes, Span span) {
    Map<String, Size> fans = new LinkedHashMap<>();
    for (String fan : List.of("fan_in", "fan_out")) {
      boolean wanted = declaration.parameter(fan).isPresent() && !given.contains(fan);
      if (wanted && sizes.size() != 2) {
        throw body.here().report(Diagnostic.error("argument", span, "`" + declaration.name() + "` needs `" + fan
            + "`: a weight of rank " + sizes.size() + " does not tell it")
            .help("write `" + declaration.name() + "(" + fan + ": …)`; a rank-2 weight is [in, out]"));
      }
      if (wanted) {
        fans.put(fan, sizes.get(fan.equals("fan_in") ? 0 : 1));
      }
    }
    return fans;
  }

  private Initialiser initialiser(Value value, List<Size> sizes, Span span) {
    if (value instanceof Value.Start start) {
      boolean square = start.initialiser().kind() != Initialiser.Kind.ORTHOGONAL || sizes.size() >= 2;
      if (!square) {
        throw body.error("argument", span, "`orthogonal` begins a weight of rank 2 or more");
      }
      return start.initialiser();
    }
    if (Arithmetic.number(value).isPresent()) {
      return Initialiser.constant(Arithmetic.number(value).getAsDouble());
    }
    Optional<Value.Tensor> values = value instanceof Value.Items
        ? new Arithmetic(body.here().build(span)).tensor(value) : Optional.empty();
    if (values.isEmpty()) {
      throw body.here().report(Diagnostic.error("argument", span,
          "a weight begins with an initialiser, a number or a list, not "
              + value.text()).help("such as `zeros`, `normal(deviation: 0.02)` or `glorot_uniform`"));
    }
    List<Dim> found = values.get().shape().dims();
    if (!found.equals(sizes.stream().map(Size::value).toList())) {
      throw body.error("shape", span, "these values are " + values.get().text() + ", and the weight is float"
          + Shaping.shape(sizes).text());
    }
    return new Initialiser(Initialiser.Kind.VALUES, ((Op.Constant) values.get().node().op()).values());
  }
}

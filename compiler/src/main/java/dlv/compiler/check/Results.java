package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.ResultSyntax;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes out of a body, compared with what the declaration promises. */
final class Results {
  private Results() {}

  /** The answer, named as the declaration says. */
  static Value check(Evaluator body, Declaration declaration, Value answer) {
    Optional<ResultSyntax> result = declaration.result();
    if (result.isEmpty()) {
      return answer;
    }
    List<ResultSyntax.Output> outputs = result.get().outputs();
    List<Value> values = answer instanceof Value.Tuple tuple ? tuple.elements() : List.of(answer);
    Span span = declaration.answer().orElseThrow().span();
    if (values.size() != outputs.size()) {
      throw body.here().report(Diagnostic.error("shape", span, "`" + declaration.name() + "` answers " + values.size()
          + (values.size() == 1 ? " value" : " values") + ", and declares " + outputs.size())
          .note("declared here", result.get().span()));
    }
    Unifier unifier = new Unifier(body, body.here());
    List<Value> checked = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Span part = declaration.answer().get() instanceof Expression.Tuple tuple ? tuple.elements().get(i).span() : span;
      try {
        Value.Tensor tensor = tensor(body, values.get(i), part);
        unifier.match(new Unifier.Place("`" + declaration.name() + "`", true, outputs.get(i).type(), tensor, part));
        checked.add(tensor);
      } catch (Failed e) {
        continue;
      }
    }
    if (checked.size() < values.size()) {
      throw Failed.REPORTED;
    }
    unifier.finish();
    for (int i = 0; i < checked.size(); i++) {
      Value.Tensor tensor = (Value.Tensor) checked.get(i);
      List<Dim> declared = new Shaping(body).declared(outputs.get(i).type(), tensor);
      checked.set(i, new Value.Tensor(tensor.node(), declared, tensor.categories()));
    }
    List<String> names = outputs.stream().map(o -> o.name().map(name -> name.text()).orElse("")).toList();
    return answer instanceof Value.Tuple ? new Value.Tuple(checked, names) : checked.get(0);
  }

  private static Value.Tensor tensor(Evaluator body, Value value, Span span) {
    if (value instanceof Value.Tensor tensor) {
      return tensor;
    }
    var arithmetic = new Arithmetic(body.here().build(span));
    Optional<Value.Tensor> constant = Arithmetic.isNumber(value) ? Optional.of(Value.Tensor.of(arithmetic.node(value)))
        : value instanceof Value.Items ? arithmetic.tensor(value) : Optional.empty();
    return constant.orElseThrow(() -> body.error("type", span, "the answer is a tensor, not " + value.text()));
  }

  /** The tensors in a result. */
  static List<Value.Tensor> tensors(Value result) {
    if (result instanceof Value.Tensor tensor) {
      return List.of(tensor);
    }
    return result instanceof Value.Tuple tuple
        ? tuple.elements().stream().flatMap(element -> tensors(element).stream()).toList() : List.of();
  }

  /** A result with the sizes of its axes declared in other names. */
  static Value renamed(Value result, Map<String, Dim> names) {
    if (result instanceof Value.Tensor tensor) {
      var declared = tensor.declared().stream().map(dim -> dim.substitute(names)).toList();
      Map<String, Value.Tensor> finals = new LinkedHashMap<>();
      tensor.finals().forEach((name, state) -> finals.put(name, (Value.Tensor) renamed(state, names)));
      return new Value.Tensor(tensor.node(), declared, tensor.categories(), finals);
    }
    if (result instanceof Value.Whole whole) {
      return new Value.Whole(new Size(whole.size().value(), whole.size().declared().substitute(names)));
    }
    if (result instanceof Value.Extent extent) {
      return new Value.Extent(new Size(extent.h().value(), extent.h().declared().substitute(names)),
          new Size(extent.w().value(), extent.w().declared().substitute(names)));
    }
    return result instanceof Value.Tuple tuple
        ? new Value.Tuple(tuple.elements().stream().map(element -> renamed(element, names)).toList(), tuple.names())
        : result;
  }
}

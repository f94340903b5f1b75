package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network applied along the leading axis of a tensor: to each element alone, with the same weights. */
final class Each {
  private Each() {}

  static Primitive primitive() {
    return Primitive.of("each", "x network?", Each::apply);
  }

  private static Value apply(Arguments call) {
    if (!call.has("network")) {
      throw call.evaluator().here().report(Diagnostic.error("argument", call.span(),
          "`each` takes a tensor and the network to apply along its first axis").help("write `x -> each(net)`"));
    }
    Value given = call.value("network");
    Value network = given instanceof Value.Template
        ? new Calls(call.evaluator()).invoke(given, List.of(), call.spanOf("network")) : given;
    Value.Tensor x = call.tensor("x");
    if (x.rank() == 0) {
      throw call.error("shape", "a scalar has no axis to go along");
    }
    Activation here = call.evaluator().here();
    Steps outer = here.steps();
    Steps steps = new Steps(outer, x.size(0), false, call.build());
    here.steps(steps);
    try {
      Given element = new Given(Optional.empty(), steps.each(x), call.spanOf("x"));
      return close(steps, new Calls(call.evaluator()).invoke(network, List.of(element), call.span()), call);
    } finally {
      here.steps(outer);
    }
  }

  /** The answers for all elements, with the axis in front. */
  private static Value close(Steps steps, Value answer, Arguments call) {
    List<Value.Tensor> answers = Results.tensors(answer);
    if (answers.isEmpty()) {
      throw call.error("type", "`each` takes a network that answers a tensor, not " + answer.text());
    }
    var run = steps.close(Map.of(), answers.stream().map(Value.Tensor::node).toList(), Optional.empty());
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      List<Dim> declared = new ArrayList<>(answers.get(i).declared());
      declared.add(0, steps.length().declared());
      all.add(new Value.Tensor(run.answers().get(i), declared, answers.get(i).categories()));
    }
    return answer instanceof Value.Tuple tuple ? new Value.Tuple(all, tuple.names()) : all.get(0);
  }
}

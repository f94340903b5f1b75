package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Stepwise;
import dlv.compiler.syntax.Expression;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network of one sequence of symbols that answers with scores for the symbol that follows each, as its steps.
 *
 * @param symbols how many there are to choose among
 */
record Scorer(Stepwise steps, Dim symbols) {

  /**
   * The argument {@code network} of a call, proved to look at nothing that comes later.
   *
   * @param categories what its symbols are out of, where the call knows it
   * @param length how many steps there are at most
   */
  static Scorer of(Arguments call, Optional<Dim> categories, Size length) {
    Activation here = call.evaluator().here();
    if (here.training() && here.session().carried() != null) {
      throw here.report(Diagnostic.error("unsupported", call.span(), "states that go on from batch to batch cannot be"
          + " those of a network that is taken step by step").help("leave out `carry true`, or write `share: 1`"));
    }
    Value given = call.value("network");
    Value network = given instanceof Value.Template
        ? new Calls(call.evaluator()).invoke(given, List.of(), call.spanOf("network")) : given;
    Dim among = categories.orElseGet(() -> categories(call, network));
    if (!here.training()) {
      answer(call, network, symbols(call, length.value(), among));
    }
    Dim time = here.session().symbol("symbols");
    Value.Tensor input = symbols(call, time, among);
    Value answer = answer(call, network, input);
    boolean scores = answer instanceof Value.Tensor tensor && tensor.node().element() == Element.FLOAT
        && tensor.shape().equals(Shape.of(time, among));
    if (!scores) {
      throw call.evaluator().error("shape", call.spanOf("network"), network.text() + " answers "
          + answer.text() + ", and writing wants scores for each of " + among.text() + " symbols at each place");
    }
    try {
      return new Scorer(new Stepwise(((Value.Tensor) answer).node(), input.node(), length.value()), among);
    } catch (Stepwise.Refused e) {
      throw here.report(Diagnostic.error("causal", call.spanOf("network"), network.text()
          + " cannot write symbol by symbol: " + e.getMessage()).note("here", e.node().origin().span())
          .help("cells that run from the beginning, causal attention, and what is done at each place alone, can be"));
    }
  }

  private static Value.Tensor symbols(Arguments call, Dim length, Dim among) {
    Node node = call.build().node(new Op.Input("symbols", Element.INT, Shape.of(length)));
    return new Value.Tensor(node, List.of(length), Optional.of(among));
  }

  /** What the network says of a sequence: of one of the real length, so that it can refuse it, and of one of any. */
  private static Value answer(Arguments call, Value network, Value.Tensor symbols) {
    List<Application> children = call.evaluator().here().children();
    int before = children.size();
    Given given = new Given(Optional.empty(), symbols, call.spanOf("network"));
    Value answer = new Calls(call.evaluator()).invoke(network, List.of(given), call.span());
    children.subList(before, children.size()).clear();
    return answer;
  }

  /** What the open input of a network takes its categories from. */
  private static Dim categories(Arguments call, Value network) {
    Value.Network of = network instanceof Value.Waiting waiting ? waiting.network()
        : network instanceof Value.Network whole ? whole : null;
    if (of == null) {
      throw call.evaluator().error("type", call.spanOf("network"), "a network of one sequence of symbols writes, not "
          + network.text());
    }
    Instance instance = of.instance();
    int open = network instanceof Value.Waiting waiting ? openAmong(waiting.inputs()) : 0;
    Declaration.Parameter input = instance.declaration().inputs().get(open);
    Expression written = input.syntax().type().forms().get(0).argument().orElseThrow(() -> call.evaluator().error(
        "type", call.spanOf("network"), "`" + input.name() + "` of " + of.text() + " is no sequence of symbols"));
    Scope scope = new Scope(null);
    Map<String, Size> known = new LinkedHashMap<>(instance.seen());
    known.putAll(instance.dims());
    known.forEach((name, size) -> scope.bind(name, new Value.Whole(Size.of(size.value())), written.span()));
    Activation alone = new Activation(call.evaluator().here().session(), call.evaluator().here().frame(), instance,
        false, List.of());
    return new Evaluator(alone, scope, instance.declaration().module(), List.of())
        .whole(written, "a number of categories").value();
  }

  /** The place of the open input. */
  private static int openAmong(List<Value> inputs) {
    return inputs.indexOf(inputs.stream().filter(Value.Open.class::isInstance).findFirst().orElseThrow());
  }
}

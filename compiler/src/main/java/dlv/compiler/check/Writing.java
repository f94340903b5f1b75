package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.ir.Stepwise;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sequences written symbol by symbol, with networks that score what comes next.
 *
 * <p>The step of such a network is derived from it; what it keeps goes from step to step of one loop, and what does not
 * depend on the symbols, such as an encoder's answer, is computed before the loop.
 */
final class Writing {
  /** The symbols that stand before and behind a sentence, as sources of sentences number them. */
  private static final long START = 1;
  private static final long END = 2;

  private final Arguments call;
  private final Build build;
  private final Activation here;
  private final Steps outer;

  private Writing(Arguments call) {
    this.call = call;
    this.build = call.build();
    this.here = call.evaluator().here();
    this.outer = here.steps();
  }

  static List<Primitive> all() {
    return List.of(
        Primitive.of("teacher_forced", "network inputs share?", call -> new Writing(call).forced()),
        Primitive.of("greedy", "network longest prompt? start? end?",
            call -> new Writing(call).written(new Choosing(call)::greedy)),
        Primitive.of("sample", "network longest temperature? top_k? top_p? prompt? start? end?",
            call -> new Writing(call).written(new Choosing(call)::drawn)),
        Primitive.of("beam", "network longest width? normalise? start? end?", Beam::search));
  }

  /** The symbol before the first that is written, or the one that ends a sentence; empty where there is none. */
  static Optional<Node> mark(Arguments call, String name, boolean usual) {
    if (!call.has(name) && !usual) {
      return Optional.empty();
    }
    long number = call.count(name, name.equals("start") ? START : END, 0);
    return Optional.of(call.build().constant(number, Element.INT, Shape.SCALAR));
  }

  static Size longest(Arguments call) {
    call.count("longest", 1, 1);
    return call.whole("longest");
  }

  /** What a network keeps between its steps, as carries of a loop. */
  static final class Kept {
    private final Scorer scorer;
    private final List<Node> now = new ArrayList<>();

    Kept(Scorer scorer, Steps steps, UnaryOperator<Node> begin) {
      this.scorer = scorer;
      for (Node initial : scorer.steps().initial()) {
        now.add(steps.carry("kept" + now.size(), Value.Tensor.of(begin.apply(initial))).node());
      }
    }

    List<Node> now() {
      return now;
    }

    /** The scores of what follows {@code symbol}; the next values of what is kept go into {@code next}. */
    Node scores(Node symbol, UnaryOperator<Node> at, Map<String, Node> next) {
      Stepwise.Step step = scorer.steps().step(symbol, now, at);
      for (int i = 0; i < now.size(); i++) {
        next.put("kept" + i, step.kept().get(i));
      }
      return step.row();
    }
  }

  /** Symbols one after the other, each chosen by the scores that the network gives after those before. */
  private Value written(UnaryOperator<Node> choose) {
    Size longest = longest(call);
    Optional<Value.Tensor> prompt = call.has("prompt") ? Optional.of(prompt()) : Optional.empty();
    Optional<Node> start = mark(call, "start", prompt.isEmpty());
    Optional<Node> end = mark(call, "end", prompt.isEmpty());
    Scorer scorer = Scorer.of(call, prompt.flatMap(Value.Tensor::categories), longest);
    Steps steps = new Steps(outer, longest, false, build);
    here.steps(steps);
    try {
      Map<String, Node> next = new LinkedHashMap<>();
      Node before = steps.carry("symbol", Value.Tensor.of(start.orElseGet(() ->
          build.constant(0, Element.INT, Shape.SCALAR)))).node();
      Node symbol = start.isPresent() ? before : prompted(steps, prompt.orElseThrow(), before);
      Node chosen = choose.apply(new Kept(scorer, steps, node -> node).scores(symbol, steps::each, next));
      Node going = end.map(last -> build.select(build.map(Scalar.EQ, symbol, last), last, chosen)).orElse(chosen);
      Node after = start.isPresent() && prompt.isPresent() ? prompted(steps, prompt.get(), going) : going;
      next.put("symbol", after);
      Node written = start.isPresent() ? after : symbol;
      Node all = end.isPresent() ? ending(steps, written, end.get(), prompt, next)
          : steps.close(next, List.of(written), Optional.empty()).answers().get(0);
      return new Value.Tensor(all, List.of(longest.declared()), Optional.of(scorer.symbols()));
    } finally {
      here.steps(outer);
    }
  }

  /** All symbols of a text that may be over before the last step: it is full of the end until something is written. */
  private Node ending(Steps steps, Node written, Node end, Optional<Value.Tensor> prompt, Map<String, Node> next) {
    Shape shape = Shape.of(steps.length().value());
    Node text = steps.carry("text", Value.Tensor.of(build.fill(end, shape))).node();
    Node time = steps.each(build.index(steps.length().value()));
    Node here = build.map(Scalar.EQ, build.index(steps.length().value()), build.fill(time, shape));
    next.put("text", build.select(here, build.fill(written, shape), text));
    steps.ended("ended");
    Node over = build.map(Scalar.EQ, written, end);
    next.put("ended", prompt.map(given -> build.map(Scalar.AND, over, build.map(Scalar.NOT, within(time, given))))
        .orElse(over));
    return steps.close(next, List.of(), Optional.empty()).finals().get("text").node();
  }

  private Value.Tensor prompt() {
    Value.Tensor prompt = call.integers("prompt");
    if (prompt.rank() != 1) {
      throw call.evaluator().error("shape", call.spanOf("prompt"), "a prompt is a sequence of symbols, not "
          + prompt.text());
    }
    return prompt;
  }

  /** The symbol of the prompt at this step, and another once the prompt is over. */
  private Node prompted(Steps steps, Value.Tensor prompt, Node otherwise) {
    Node time = steps.each(build.index(steps.length().value()));
    return build.select(within(time, prompt), build.gather(prompt.node(), time, 0), otherwise);
  }

  private Node within(Node time, Value.Tensor prompt) {
    boolean differs = !call.real().differing(prompt, List.of(0)).isEmpty();
    Node length = differs ? call.real().length(prompt, 0) : build.size(prompt.shape().dim(0));
    return build.map(Scalar.LT, time, length);
  }

  /**
   * A network of one sequence applied to the true symbols. In training a share of them is true, the rest what the
   * network itself finds most probable (Bengio, Vinyals, Jaitly & Shazeer, 2015); outside training, and where the share
   * is 1, this is plain application.
   */
  private Value forced() {
    Value share = call.has("share") ? call.value("share") : new Value.Real(1);
    if (!Arithmetic.isNumber(share)) {
      throw call.evaluator().error("argument", call.spanOf("share"), "`share` is a number or a schedule, not "
          + share.text());
    }
    Given given = new Given(Optional.empty(), call.value("inputs"), call.spanOf("inputs"));
    Value plain = new Calls(call.evaluator()).invoke(call.value("network"), List.of(given), call.span());
    boolean all = Arithmetic.number(share).stream().anyMatch(number -> number == 1);
    if (all || !here.training()) {
      return plain;
    }
    Value.Tensor inputs = call.integers("inputs");
    Size length = inputs.size(0);
    Scorer scorer = Scorer.of(call, inputs.categories(), length);
    Steps steps = new Steps(outer, length, false, build);
    here.steps(steps);
    try {
      Map<String, Node> next = new LinkedHashMap<>();
      Node own = steps.carry("symbol", Value.Tensor.of(build.constant(0, Element.INT, Shape.SCALAR))).node();
      Node scores = new Kept(scorer, steps, node -> node).scores(symbol(steps, steps.each(inputs).node(), own, share),
          steps::each, next);
      next.put("symbol", new Choosing(call).greedy(scores));
      Optional<Node> lived = call.real().differing(inputs, List.of(0)).isEmpty() ? Optional.empty()
          : Optional.of(call.real().length(inputs, 0));
      Node found = steps.close(next, List.of(scores), lived).answers().get(0);
      List<Dim> declared = ((Value.Tensor) plain).declared();
      return new Value.Tensor(found, declared, Optional.empty());
    } finally {
      here.steps(outer);
    }
  }

  /** The true symbol, at the first place always, or the network's own. */
  private Node symbol(Steps steps, Node truth, Node own, Value share) {
    Node time = steps.each(build.index(steps.length().value()));
    Node first = build.map(Scalar.EQ, time, build.constant(0, Element.INT, Shape.SCALAR));
    Node draw = build.map(Scalar.LT, Draws.uniform(call, Shape.SCALAR), new Arithmetic(build).node(share));
    return build.select(build.map(Scalar.OR, first, draw), truth, own);
  }
}

package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
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

/**
 * Beam search: of all ways to go on from {@code width} sentences, each step keeps the {@code width} best. Sentences are
 * compared by the sum of the logarithms of their symbols' probabilities over their length to the power of
 * {@code normalise}; one that has ended stays as it is.
 */
final class Beam {
  private final Arguments call;
  private final Build build;
  private final Size width;
  private final Size longest;
  private final Scorer scorer;
  private final Node start;
  private final Node end;

  private Beam(Arguments call) {
    this.call = call;
    this.build = call.build();
    call.count("width", 1, 1);
    this.width = call.whole("width", 5);
    this.longest = Writing.longest(call);
    this.start = Writing.mark(call, "start", true).orElseThrow();
    this.end = Writing.mark(call, "end", true).orElseThrow();
    this.scorer = Scorer.of(call, Optional.empty(), longest);
    if (scorer.symbols().isConstant() && width.value().value() > scorer.symbols().value()) {
      throw call.error("range", "a beam of " + width + " is wider than the " + scorer.symbols().text()
          + " symbols to choose among");
    }
  }

  /** The best sentence found: {@code index(V)[longest]}. */
  static Value search(Arguments call) {
    Beam beam = new Beam(call);
    Activation here = call.evaluator().here();
    Steps outer = here.steps();
    Steps steps = new Steps(outer, beam.longest, false, beam.build);
    here.steps(steps);
    try {
      return beam.run(steps);
    } finally {
      here.steps(outer);
    }
  }

  private Node along(Node scalar) {
    return build.fill(scalar, Shape.of(width.value()));
  }

  private Node carry(Steps steps, String name, Node initial) {
    return steps.carry(name, Value.Tensor.of(initial)).node();
  }

  /** Of the sentences that are kept at first all but one are impossible, or all would stay alike. */
  private Node first() {
    Shape beams = Shape.of(width.value());
    Node one = build.map(Scalar.EQ, build.index(width.value()), build.constant(0, Element.INT, beams));
    return build.select(one, build.constant(0, beams), build.constant(Choosing.NEVER, beams));
  }

  private Value run(Steps steps) {
    Node symbols = carry(steps, "symbol", along(start));
    Node score = carry(steps, "score", first());
    Node length = carry(steps, "length", build.constant(0, Shape.of(width.value())));
    Node text = carry(steps, "text", build.fill(end, Shape.of(width.value(), longest.value())));
    steps.ended("ended");
    List<Node> kept = new ArrayList<>();
    for (Node initial : scorer.steps().initial()) {
      kept.add(carry(steps, "kept" + kept.size(), build.broadcast(initial, List.of(0), List.of(width.value()))));
    }
    List<Node> ways = ways(steps, symbols, kept);
    Node over = build.map(Scalar.EQ, symbols, along(end));
    Node longer = build.select(over, length, build.add(length, build.constant(1, length.shape())));
    Node total = build.add(build.broadcast(score, List.of(1), List.of(scorer.symbols())), ways.get(0));
    Node flat = build.reshape(total, Shape.of(width.value().times(scorer.symbols())));
    Node best = build.top(build.reshape(compared(total, longer), flat.shape()), (int) width.value().value());
    Node among = build.map(Scalar.IDIV, best, along(build.size(scorer.symbols())));
    Node chosen = build.map(Scalar.IMOD, best, along(build.size(scorer.symbols())));
    Map<String, Node> next = new LinkedHashMap<>();
    next.put("symbol", chosen);
    next.put("score", build.gather(flat, best, 0));
    next.put("length", build.gather(longer, among, 0));
    next.put("text", put(chosen, build.gather(text, among, 0), steps.each(build.index(longest.value()))));
    Node ends = build.sum(build.map(Scalar.TO_FLOAT, build.map(Scalar.EQ, chosen, along(end))));
    next.put("ended", build.map(Scalar.EQ, ends, build.map(Scalar.TO_FLOAT, build.size(width.value()))));
    for (int i = 0; i < kept.size(); i++) {
      next.put("kept" + i, build.gather(ways.get(i + 1), among, 0));
    }
    Node all = steps.close(next, List.of(), Optional.empty()).finals().get("text").node();
    Node winner = build.reshape(build.slice(all, 0, Dim.ZERO, Dim.ONE, 1), Shape.of(longest.value()));
    return new Value.Tensor(winner, List.of(longest.declared()), Optional.of(scorer.symbols()));
  }

  /** For each sentence the logarithms of the probabilities of what may follow {@code [width, V]}, and what it keeps. */
  private List<Node> ways(Steps steps, Node symbols, List<Node> kept) {
    Steps each = new Steps(steps, width, false, build);
    Node symbol = each.each(symbols);
    Stepwise.Step step = scorer.steps().step(symbol, kept.stream().map(each::each).toList(), steps::each);
    Node row = step.row();
    Node total = build.fill(build.reduce(Op.Reducer.LOGSUMEXP, row, List.of(0)), row.shape());
    Node last = build.map(Scalar.EQ, build.index(scorer.symbols()), build.fill(end, row.shape()));
    Node ended = build.select(last, build.constant(0, row.shape()), build.constant(Choosing.NEVER, row.shape()));
    Node over = build.fill(build.map(Scalar.EQ, symbol, end), row.shape());
    List<Node> answers = new ArrayList<>(List.of(build.select(over, ended, build.sub(row, total))));
    answers.addAll(step.kept());
    return each.close(Map.of(), answers, Optional.empty()).answers();
  }

  /** Sums {@code [width, V]} over the power of the lengths. */
  private Node compared(Node total, Node length) {
    double power = call.number("normalise", 1);
    if (power == 0) {
      return total;
    }
    Node by = power == 1 ? length : build.map(Scalar.POW, length, build.constant(power, length.shape()));
    return build.div(total, build.broadcast(by, List.of(1), List.of(scorer.symbols())));
  }

  /** Each sentence with its new symbol at the place of this step. */
  private Node put(Node chosen, Node text, Node time) {
    Node places = build.broadcast(build.index(longest.value()), List.of(0), List.of(width.value()));
    Node here = build.map(Scalar.EQ, places, build.fill(time, text.shape()));
    return build.select(here, build.broadcast(chosen, List.of(1), List.of(longest.value())), text);
  }
}

package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.List;

/** The choice of a symbol by scores {@code [V]}: {@code index(V)}. */
final class Choosing {
  /** What a symbol that must not be chosen scores: its probability is 0. */
  static final double NEVER = -1e30;
  /** Halvings of 0 .. 1, after which a threshold of probability stands still in 32 bits. */
  private static final int HALVINGS = 30;

  private final Arguments call;
  private final Build build;

  Choosing(Arguments call) {
    this.call = call;
    this.build = call.build();
  }

  /** The most probable symbol, the first where several are. */
  Node greedy(Node scores) {
    return build.reshape(build.top(scores, 1), Shape.SCALAR);
  }

  /**
   * A draw by {@code softmax(scores / temperature)}, from the {@code top_k} most probable symbols, and of these from
   * the fewest whose probabilities add up to {@code top_p} (Holtzman et al., 2020). The largest of the scores with
   * Gumbel noise is such a draw (Gumbel, 1954).
   */
  Node drawn(Node scores) {
    double temperature = call.number("temperature", 1);
    double share = call.number("top_p", 1);
    if (!(temperature > 0)) {
      throw call.evaluator().error("range", call.spanOf("temperature"), "a temperature is above 0, not " + temperature
          + "; `greedy` takes the most probable symbol");
    }
    if (!(share > 0 && share <= 1)) {
      throw call.evaluator().error("range", call.spanOf("top_p"), "`top_p` is a share above 0 and up to 1, not "
          + share);
    }
    Node scaled = build.scale(scores, 1 / temperature);
    Node few = call.has("top_k") ? largest(scaled, call.count("top_k", 1, 1)) : scaled;
    Node kept = share < 1 ? nucleus(few, share) : few;
    Node uniform = Draws.uniform(call, kept.shape());
    Node gumbel = build.neg(build.map(Scalar.LOG, build.neg(build.map(Scalar.LOG, uniform))));
    return greedy(build.add(kept, gumbel));
  }

  /** Scores of the k largest, and {@link #NEVER} for the rest. */
  private Node largest(Node scores, long k) {
    Dim n = scores.dim(0);
    if (!n.isConstant() || k >= n.value()) {
      return scores;
    }
    Node last = build.slice(build.top(scores, (int) k), 0, Dim.of(k - 1), Dim.ONE, 1);
    return above(scores, scores, build.gather(scores, build.reshape(last, Shape.SCALAR), 0));
  }

  /** The scores where {@code values} reach a threshold. */
  private Node above(Node scores, Node values, Node threshold) {
    Node reaches = build.map(Scalar.LE, build.fill(threshold, scores.shape()), values);
    return build.select(reaches, scores, build.constant(NEVER, scores.shape()));
  }

  /** Scores of the symbols that are at least as probable as a threshold, the largest that leaves {@code share}. */
  private Node nucleus(Node scores, double share) {
    Node total = build.fill(build.reduce(Op.Reducer.LOGSUMEXP, scores, List.of(0)), scores.shape());
    Node probability = build.map(Scalar.EXP, build.sub(scores, total));
    List<Node> bounds = List.of(build.constant(0, Shape.SCALAR), build.constant(1, Shape.SCALAR));
    Node low = build.scan(Dim.of(HALVINGS), false, bounds, List.of(), (now, none) -> {
      Node middle = build.scale(build.add(now.get(0), now.get(1)), 0.5);
      Node reaches = build.map(Scalar.LE, build.fill(middle, scores.shape()), probability);
      Node mass = build.sum(build.select(reaches, probability, build.constant(0, scores.shape())));
      Node enough = build.map(Scalar.LE, build.constant(share, Shape.SCALAR), mass);
      return new Build.Step(List.of(build.select(enough, middle, now.get(0)),
          build.select(enough, now.get(1), middle)), List.of());
    }).finals().get(0);
    return above(scores, probability, low);
  }
}

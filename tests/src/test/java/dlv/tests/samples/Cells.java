package dlv.tests.samples;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Recurrent cells written as a user writes them, gate by gate; sequences are {@code [time, batch, inputs]}. */
public record Cells(Build build) {
  /** {@code x U + h W + b}. */
  private Node gate(Node x, Node h, Node u, Node w, Node b) {
    Node sum = build.add(build.contract("bi,io->bo", x, u), build.contract("bi,io->bo", h, w));
    return b == null ? sum : build.add(sum, build.spread(b, List.of(0), sum.shape()));
  }

  private Node sigmoid(Node x) {
    return build.map(Scalar.SIGMOID, x);
  }

  private Node tanh(Node x) {
    return build.map(Scalar.TANH, x);
  }

  /** Long short-term memory (Hochreiter, Schmidhuber 1997; Gers et al. 2000); gates i, f, o, g. */
  public List<Node> lstm(boolean reversed, Node x, Node h, Node c, List<Node> u, List<Node> w, List<Node> b) {
    var scanned = build.scan(x.dim(0), reversed, List.of(h, c), List.of(x), (carries, now) -> {
      var a = new ArrayList<Node>();
      for (int i = 0; i < 4; i++) {
        a.add(gate(now.get(0), carries.get(0), u.get(i), w.get(i), b.get(i)));
      }
      Node cell = build.add(build.mul(sigmoid(a.get(1)), carries.get(1)), build.mul(sigmoid(a.get(0)), tanh(a.get(3))));
      Node hidden = build.mul(sigmoid(a.get(2)), tanh(cell));
      return new Build.Step(List.of(hidden, cell), List.of(hidden));
    });
    return List.of(scanned.outputs().get(0), scanned.finals().get(1));
  }

  /** One gate that forgets and admits (Zhou et al. 2016): two products follow each other in a step. */
  public List<Node> minimalGated(Node x, Node h, List<Node> u, List<Node> w) {
    var scanned = build.scan(x.dim(0), false, List.of(h), List.of(x), (carries, now) -> {
      Node old = carries.get(0);
      Node f = sigmoid(gate(now.get(0), old, u.get(0), w.get(0), null));
      Node candidate = tanh(gate(now.get(0), build.mul(f, old), u.get(1), w.get(1), null));
      Node next = build.add(old, build.mul(f, build.sub(candidate, old)));
      return new Build.Step(List.of(next), List.of(next));
    });
    return scanned.outputs();
  }

  /** h' = tanh(x U + h W) (Elman 1990). */
  public List<Node> elman(Node x, Node h, Node u, Node w) {
    return build.scan(x.dim(0), false, List.of(h), List.of(x), (carries, now) -> {
      Node next = tanh(gate(now.get(0), carries.get(0), u, w, null));
      return new Build.Step(List.of(next), List.of(next));
    }).outputs();
  }

  /** Gated recurrent unit with the reset gate behind the product (Cho et al. 2014, as cuDNN has it). */
  public List<Node> gru(Node x, Node h, List<Node> u, List<Node> w) {
    return build.scan(x.dim(0), false, List.of(h), List.of(x), (carries, now) -> {
      Node old = carries.get(0);
      Node r = sigmoid(gate(now.get(0), old, u.get(0), w.get(0), null));
      Node z = sigmoid(gate(now.get(0), old, u.get(1), w.get(1), null));
      Node n = tanh(build.add(build.contract("bi,io->bo", now.get(0), u.get(2)),
          build.mul(r, build.contract("bi,io->bo", old, w.get(2)))));
      Node next = build.add(n, build.mul(z, build.sub(old, n)));
      return new Build.Step(List.of(next), List.of(next));
    }).outputs();
  }

  /** No textbook's cell: a slow state that drifts, a fast one that looks at it through a sine. */
  public List<Node> drifting(Node x, Node fast, Node slow, List<Node> u, List<Node> w) {
    var scanned = build.scan(x.dim(0), true, List.of(fast, slow), List.of(x), (carries, now) -> {
      Node push = build.map(Scalar.SIN, gate(now.get(0), carries.get(0), u.get(0), w.get(0), null));
      Node keep = sigmoid(gate(now.get(0), carries.get(0), u.get(1), w.get(1), null));
      Node drift = build.add(build.scale(carries.get(1), 0.9), build.scale(push, 0.1));
      return new Build.Step(List.of(build.mul(keep, build.add(push, drift)), drift), List.of(drift));
    });
    return List.of(scanned.outputs().get(0), scanned.finals().get(0));
  }
}

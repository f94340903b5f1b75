package dlv.tests.samples;

import static dlv.tests.samples.SampleInputs.rows;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Small loops over time: the recurrent cells of the textbooks and some that nobody has named, forward and reversed, with
 * and without a batch. Names are {@code scan/case}; cases with {@code rows} have the batch as the first axis of a step.
 */
public final class ScanSamples {
  private final long batch;
  private final List<Sample> samples = new ArrayList<>();

  private ScanSamples(long batch) {
    this.batch = batch;
  }

  /** All samples, with a batch of {@code batch} where they have one. */
  public static List<Sample> all(long batch) {
    var table = new ScanSamples(batch);
    table.plain();
    table.cells();
    table.unusual();
    return List.copyOf(table.samples);
  }

  /** All samples, with an odd batch. */
  public static List<Sample> all() {
    return all(5);
  }

  /** Each sample with its gradients by all smooth inputs, and, of order 2, with the gradients of their squares. */
  public static List<Sample> withGradients(long batch, int order) {
    return all(batch).stream().map(sample -> withGradients(sample, order)).toList();
  }

  /** Two gates of seven units, whose weights are panels of three units and a rest, with its gradients. */
  public static Sample panels(long batch) {
    var table = new ScanSamples(batch);
    table.drifting("rows-panels", 5, 7);
    return withGradients(table.samples.get(0), 1);
  }

  private static Sample withGradients(Sample sample, int order) {
    var outputs = new ArrayList<>(sample.graph().outputs());
    Build build = new Build(Origin.NONE);
    Node value = sample.graph().outputs().stream().map(Graph.Output::node)
        .filter(node -> node.element() == Element.FLOAT).map(node -> build.sum(build.mul(node, node)))
        .reduce(build::add).orElseThrow();
    for (String name : sample.smooth()) {
      Node gradient = build.derivative(value, sample.input(name));
      outputs.add(new Graph.Output("gradient " + name, gradient));
      if (order > 1) {
        Node square = build.sum(build.mul(gradient, gradient));
        outputs.add(new Graph.Output("second " + name, build.derivative(square, sample.input(name))));
      }
    }
    return new Sample(sample.name() + "-gradients", new Graph(sample.name(), outputs, List.of()), sample.bindings(),
        sample.smooth());
  }

  private void add(String name, Function<SampleInputs, List<Node>> nodes) {
    var inputs = new SampleInputs("scan/" + name, batch);
    samples.add(inputs.sample(nodes.apply(inputs).toArray(Node[]::new)));
  }

  private static Shape time(long steps, Shape one) {
    return one.insert(0, Dim.of(steps));
  }

  private static List<Node> everything(Build.Scanned scanned) {
    var all = new ArrayList<>(scanned.outputs());
    all.addAll(scanned.finals());
    all.addAll(scanned.histories());
    return all;
  }

  private void plain() {
    for (boolean reversed : List.of(false, true)) {
      String way = reversed ? "-reversed" : "";
      add("running-sum" + way, in -> everything(in.build.scan(Dim.of(4), reversed, List.of(in.floats("h", 3)),
          List.of(in.floats("x", 4, 3)), (carries, now) -> {
            Node next = in.build.add(in.build.scale(carries.get(0), 0.5), now.get(0));
            return new Build.Step(List.of(next), List.of(in.build.mul(next, next)));
          })));
      add("elman" + way, in -> {
        Build b = in.build;
        Node u = in.floats("u", 3, 4);
        Node w = in.floats("w", 4, 4);
        return everything(b.scan(Dim.of(5), reversed, List.of(in.floats("s", 4)), List.of(in.floats("x", 5, 3)),
            (carries, now) -> {
              Node next = b.map(Scalar.TANH, b.add(b.contract("i,io->o", now.get(0), u),
                  b.contract("i,io->o", carries.get(0), w)));
              return new Build.Step(List.of(next), List.of(next));
            }));
      });
    }
    add("one-step", in -> everything(in.build.scan(Dim.ONE, false, List.of(in.floats("h", 3)), List.of(),
        (carries, now) -> new Build.Step(List.of(in.build.map(Scalar.SIN, carries.get(0))), List.of()))));
    add("no-carry", in -> in.build.scan(Dim.of(3), false, List.of(), List.of(in.floats("x", 3, 2)),
        (carries, now) -> new Build.Step(List.of(), List.of(in.build.map(Scalar.EXP, now.get(0))))).outputs());
  }

  private void cells() {
    for (boolean reversed : List.of(false, true)) {
      String way = reversed ? "-reversed" : "";
      add("rows-lstm" + way, in -> {
        Cells cells = new Cells(in.build);
        Node zero = in.build.constant(0, rows(4));
        return cells.lstm(reversed, in.floats("x", time(3, rows(3))), zero, zero, List.of(
            in.floats("ui", 3, 4), in.floats("uf", 3, 4), in.floats("uo", 3, 4), in.floats("ug", 3, 4)), List.of(
            in.floats("wi", 4, 4), in.floats("wf", 4, 4), in.floats("wo", 4, 4), in.floats("wg", 4, 4)), List.of(
            in.floats("bi", 4), in.floats("bf", 4), in.floats("bo", 4), in.floats("bg", 4)));
      });
    }
    add("rows-elman", in -> new Cells(in.build).elman(in.floats("x", time(4, rows(3))), in.floats("h", rows(2)),
        in.floats("u", 3, 2), in.floats("w", 2, 2)));
    add("rows-gru", in -> new Cells(in.build).gru(in.floats("x", time(3, rows(2))), in.floats("h", rows(3)),
        List.of(in.floats("ur", 2, 3), in.floats("uz", 2, 3), in.floats("un", 2, 3)),
        List.of(in.floats("wr", 3, 3), in.floats("wz", 3, 3), in.floats("wn", 3, 3))));
    drifting("rows-drifting", 2, 3);
    add("rows-minimal-gated", in -> {
      Cells cells = new Cells(in.build);
      return cells.minimalGated(in.floats("x", time(3, rows(2))), in.floats("h", rows(3)),
          List.of(in.floats("uf", 2, 3), in.floats("uc", 2, 3)), List.of(in.floats("wf", 3, 3), in.floats("wc", 3, 3)));
    });
  }

  private void drifting(String name, long inputs, long units) {
    add(name, in -> new Cells(in.build).drifting(in.floats("x", time(3, rows(inputs))), in.floats("f", rows(units)),
        in.floats("s", rows(units)), List.of(in.floats("u1", inputs, units), in.floats("u2", inputs, units)),
        List.of(in.floats("w1", units, units), in.floats("w2", units, units))));
  }

  private void unusual() {
    add("rows-masked", in -> {
      Build b = in.build;
      Node w = in.floats("w", 3, 3);
      return everything(b.scan(Dim.of(4), false, List.of(in.floats("h", rows(3))),
          List.of(in.floats("x", time(4, rows(3))), in.bools("alive", time(4, rows()))), (carries, now) -> {
            Node h = carries.get(0);
            Node next = b.map(Scalar.TANH, b.add(now.get(0), b.contract("bi,io->bo", h, w)));
            Node kept = b.select(b.spread(now.get(1), List.of(1), h.shape()), next, h);
            return new Build.Step(List.of(kept), List.of(kept));
          }));
    });
    add("counter", in -> {
      Build b = in.build;
      return everything(b.scan(Dim.of(4), false, List.of(in.ints("n", 0, 9, Shape.SCALAR), in.floats("h", 2)), List.of(),
          (carries, now) -> {
            Node n = b.add(carries.get(0), b.constant(1, Element.INT, Shape.SCALAR));
            Node h = b.add(carries.get(1), b.fill(b.map(Scalar.TO_FLOAT, n), Shape.of(2)));
            return new Build.Step(List.of(n, h), List.of(h));
          }));
    });
    add("started-alike", in -> {
      Build b = in.build;
      return everything(b.scan(Dim.of(3), false, List.of(b.constant(0, Shape.of(2)), in.floats("free", 2)),
          List.of(in.floats("x", 3, 2)), (carries, now) -> {
            Node next = b.add(b.mul(carries.get(0), carries.get(1)), now.get(0));
            return new Build.Step(List.of(next, b.scale(carries.get(1), 0.9)), List.of(next));
          }));
    });
    add("nested", in -> {
      Build b = in.build;
      return everything(b.scan(Dim.of(3), false, List.of(in.floats("h", 2)), List.of(in.floats("x", 3, 4, 2)),
          (carries, now) -> {
            var inner = b.scan(Dim.of(4), true, List.of(carries.get(0)), List.of(now.get(0)), (c, x) -> {
              Node next = b.map(Scalar.TANH, b.add(c.get(0), b.mul(x.get(0), carries.get(0))));
              return new Build.Step(List.of(next), List.of(next));
            });
            return new Build.Step(inner.finals(), List.of(b.sum(inner.outputs().get(0), List.of(0))));
          }));
    });
    add("rows-nested", in -> {
      Build b = in.build;
      Node w = in.floats("w", 3, 3);
      Node v = in.floats("v", 3, 3);
      return everything(b.scan(Dim.of(3), false, List.of(in.floats("h", rows(3))),
          List.of(in.floats("x", time(3, rows(4, 3)))), (outer, now) -> {
            Node own = b.scale(b.contract("bi,io->bo", outer.get(0), v), 0.2);
            Node places = b.permute(now.get(0), List.of(1, 0, 2));
            var inner = b.scan(Dim.of(4), false, List.of(outer.get(0)), List.of(places), (c, x) -> {
              Node product = b.contract("bi,io->bo", b.mul(c.get(0), outer.get(0)), w);
              Node next = b.map(Scalar.TANH, b.add(b.add(product, own), x.get(0)));
              return new Build.Step(List.of(next), List.of(next));
            });
            Node seen = b.sum(b.mul(inner.outputs().get(0), places), List.of(0));
            return new Build.Step(List.of(b.add(inner.finals().get(0), b.scale(seen, 0.2))), List.of(seen));
          }));
    });
    add("rows-attending", in -> {
      Build b = in.build;
      Node w = in.floats("w", 6, 3);
      Node memory = in.floats("m", rows(4, 3));
      return everything(b.scan(Dim.of(3), false, List.of(in.floats("h", rows(3))),
          List.of(in.floats("x", time(3, rows(3)))), (carries, now) -> {
            Node scores = b.scale(b.contract("bti,bi->bt", memory, carries.get(0)), 0.3);
            Node total = b.spread(b.reduce(Op.Reducer.LOGSUMEXP, scores, List.of(1)), List.of(1), scores.shape());
            Node seen = b.contract("bt,bti->bi", b.map(Scalar.EXP, b.sub(scores, total)), memory);
            Node product = b.contract("bi,io->bo", b.concat(1, List.of(now.get(0), seen)), w);
            Node next = b.map(Scalar.TANH, b.scale(product, 0.3));
            return new Build.Step(List.of(next), List.of(next));
          }));
    });
    add("rows-each", in -> {
      Build b = in.build;
      Node w = in.floats("w", 3, 4);
      Node v = in.floats("v", 4, 4);
      return everything(b.scan(Dim.of(2), false, List.of(in.floats("h", rows(4))),
          List.of(in.floats("x", time(2, rows(3)))), (outer, now) -> {
            var each = b.scan(Dim.of(3), false, List.of(), List.of(b.index(Dim.of(3))), (none, i) -> {
              Node turned = b.mul(outer.get(0), b.fill(b.map(Scalar.TO_FLOAT, i.get(0)), outer.get(0).shape()));
              Node own = b.scale(b.add(b.contract("bi,io->bo", now.get(0), w), b.contract("bi,io->bo", turned, v)), 0.2);
              var inner = b.scan(Dim.of(2), false, List.of(own), List.of(), (c, nothing) -> {
                Node product = b.scale(b.contract("bi,io->bo", c.get(0), v), 0.5);
                return new Build.Step(List.of(b.map(Scalar.SIN, product)), List.of());
              });
              return new Build.Step(List.of(), List.of(inner.finals().get(0)));
            });
            Node all = each.outputs().get(0);
            return new Build.Step(List.of(b.sum(all, List.of(0))), List.of(all));
          }));
    });
    add("swapped", in -> everything(in.build.scan(Dim.of(3), false, List.of(in.floats("a", 2), in.floats("b", 2)),
        List.of(), (carries, now) -> new Build.Step(List.of(carries.get(1), carries.get(0)), List.of()))));
  }
}

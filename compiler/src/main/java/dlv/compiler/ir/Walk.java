package dlv.compiler.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A loop walked step by step in plain Java: what {@link Op.Scan} means. */
final class Walk {
  private final Loop loop;
  private final List<Node> operands;
  private final Bindings bindings;
  private final Map<Node, Array> values;

  /** The loop of {@code scan}, whose operands have {@code values}. */
  Walk(Node scan, Bindings bindings, Map<Node, Array> values) {
    this.loop = ((Op.Scan) scan.op()).loop();
    this.operands = scan.operands();
    this.bindings = bindings;
    this.values = values;
  }

  /** One result alone. */
  static Array of(Node scan, List<Array> operands, Bindings bindings) {
    var values = new IdentityHashMap<Node, Array>();
    for (int i = 0; i < operands.size(); i++) {
      values.put(scan.operand(i), operands.get(i));
    }
    new Walk(scan, bindings, values).results(List.of(scan));
    return values.get(scan);
  }

  /** Adds the values of those of {@code nodes} that are results of this loop over the same operands. */
  void results(List<Node> nodes) {
    List<Node> wanted = nodes.stream().filter(node -> node.op() instanceof Op.Scan scan && scan.loop() == loop
        && node.operands().equals(operands)).toList();
    int steps = Math.toIntExact(loop.length().value());
    var rows = new HashMap<Node, Array[]>();
    wanted.forEach(node -> rows.put(node, new Array[Math.toIntExact(count(node))]));
    List<Array> carries = new ArrayList<>(operands.subList(0, loop.next().size()).stream().map(values::get).toList());
    List<Node> body = loop.nodes(wanted.stream().map(node -> ((Op.Scan) node.op()).of()).toList());
    keep(rows, 0, carries);
    for (int step = 0; step < steps; step++) {
      int t = loop.reversed() ? steps - 1 - step : step;
      Map<Node, Array> now = step(body, carries, t);
      carries = loop.next().stream().map(now::get).toList();
      keep(rows, step + 1, carries);
      rows.forEach((node, kept) -> {
        if (((Op.Scan) node.op()).result() == Op.Result.OUTPUT) {
          kept[t] = now.get(((Op.Scan) node.op()).of());
        }
      });
    }
    for (Node node : wanted) {
      values.put(node, joined(node, rows.get(node)));
    }
  }

  private static long count(Node node) {
    return ((Op.Scan) node.op()).result() == Op.Result.FINAL ? 1 : node.dim(0).value();
  }

  /** Carries after {@code step} steps. */
  private void keep(Map<Node, Array[]> rows, int step, List<Array> carries) {
    rows.forEach((node, kept) -> {
      Op.Scan scan = (Op.Scan) node.op();
      if (scan.result() != Op.Result.OUTPUT) {
        kept[step % kept.length] = carries.get(loop.carries().indexOf(scan.of()));
      }
    });
  }

  private Map<Node, Array> step(List<Node> body, List<Array> carries, int t) {
    var now = new IdentityHashMap<Node, Array>();
    for (int i = 0; i < operands.size(); i++) {
      Node parameter = loop.parameters().get(i);
      now.put(parameter, i < carries.size() ? carries.get(i)
          : loop.isSequence(i) ? values.get(operands.get(i)).row(t) : values.get(operands.get(i)));
    }
    Interpreter.evaluate(body, bindings, now);
    return now;
  }

  private static Array joined(Node node, Array[] rows) {
    return new Array(node.element(), node.shape().values(),
        Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(row.data())).toArray());
  }
}

package dlv.compiler.simplify;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Products of a loop's step that share an operand become one product, whose other operands lie side by side along a new
 * inner axis: the gates of a cell, whatever they are called.
 */
public final class Merge {
  /** Products of one shape with a common operand {@code x}; labels are counted by their first appearance. */
  private record Key(Node x, List<Integer> labels, List<Integer> other, List<Integer> out, Shape shape) {}

  private record Product(Node node, Node other) {}

  private Merge() {}

  /** {@code graph} with the bodies of its loops merged. */
  public static Graph in(Graph graph) {
    return Bodies.rewrite(graph, body -> merged(in(body)));
  }

  private static Graph merged(Graph body) {
    List<Node> nodes = body.nodes();
    Map<Node, Boolean> stepwise = new IdentityHashMap<>();
    var groups = new LinkedHashMap<Key, List<Product>>();
    for (Node node : nodes) {
      stepwise.put(node, node.is(Op.Contract.class) || node.operands().stream().anyMatch(stepwise::get));
      if (node.op() instanceof Op.Contract op) {
        for (int i = 0; i < 2; i++) {
          if (!stepwise.get(node.operand(1 - i))) {
            groups.computeIfAbsent(key(node, op, i), key -> new ArrayList<>())
                .add(new Product(node, node.operand(1 - i)));
          }
        }
      }
    }
    var replaced = new IdentityHashMap<Node, Node>();
    groups.values().removeIf(group -> group.size() < 2);
    groups.forEach((key, group) -> {
      if (group.stream().noneMatch(product -> replaced.containsKey(product.node()))) {
        merge(key, group, replaced);
      }
    });
    return replaced.isEmpty() ? body : replace(body, replaced);
  }

  /** Replacements may read each other: the operands of one product are what others have become. */
  private static Graph replace(Graph body, Map<Node, Node> replaced) {
    var now = new IdentityHashMap<Node, Node>();
    List<Node> roots = new ArrayList<>(body.roots());
    return body.replace(zip(roots, roots.stream().map(root -> rebuilt(root, replaced, now)).toList()));
  }

  private static Map<Node, Node> zip(List<Node> from, List<Node> to) {
    var map = new IdentityHashMap<Node, Node>();
    IntStream.range(0, from.size()).forEach(i -> map.put(from.get(i), to.get(i)));
    return map;
  }

  private static Node rebuilt(Node node, Map<Node, Node> replaced, Map<Node, Node> now) {
    Node known = now.get(node);
    if (known == null) {
      Node source = replaced.getOrDefault(node, node);
      known = source.withOperands(source.operands().stream().map(o -> rebuilt(o, replaced, now)).toList());
      now.put(node, known);
    }
    return known;
  }

  private static Key key(Node node, Op.Contract op, int i) {
    List<Integer> mine = i == 0 ? op.a() : op.b();
    List<Integer> other = i == 0 ? op.b() : op.a();
    var order = new ArrayList<>(mine);
    other.stream().filter(label -> !order.contains(label)).forEach(order::add);
    return new Key(node.operand(i), mine.stream().map(order::indexOf).toList(),
        other.stream().map(order::indexOf).toList(), op.out().stream().map(order::indexOf).toList(),
        node.operand(1 - i).shape());
  }

  private static void merge(Key key, List<Product> group, Map<Node, Node> replaced) {
    var build = new Build(group.get(0).node().origin());
    int inner = key.labels().size() + key.other().size();
    Shape one = key.shape().insert(key.shape().rank(), Dim.ONE);
    Node side = build.concat(key.shape().rank(),
        group.stream().map(product -> build.reshape(product.other(), one)).toList());
    Node all = build.node(new Op.Contract(key.labels(), with(key.other(), inner), with(key.out(), inner)), key.x(), side);
    for (int i = 0; i < group.size(); i++) {
      Node slice = build.slice(all, all.rank() - 1, Dim.of(i), Dim.ONE, 1);
      replaced.put(group.get(i).node(), build.reshape(slice, group.get(i).node().shape()));
    }
  }

  private static List<Integer> with(List<Integer> labels, int more) {
    var all = new ArrayList<>(labels);
    all.add(more);
    return all;
  }
}

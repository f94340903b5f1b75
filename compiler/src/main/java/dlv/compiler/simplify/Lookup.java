package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rows of a table multiplied by a weight are rows of the table multiplied by the weight: {@code C(Gather(E, at), W)} becomes
 * {@code Gather(C(E, W), at)} where the table has fewer rows than are looked up, as a vocabulary has fewer words than a
 * batch of texts.
 */
public final class Lookup {
  /** The least batch there is on a device with lanes, by which rows are counted. */
  private static final Map<String, Dim> LEAST = Map.of("batch", Dim.of(16));

  private Lookup() {}

  public static Graph in(Graph graph) {
    return graph.rewrite(node -> {
      for (int i = 0; node.is(Op.Contract.class) && i < 2; i++) {
        Node found = exchanged(node, (Op.Contract) node.op(), i);
        if (found != null) {
          return found;
        }
      }
      return node;
    });
  }

  private static Node exchanged(Node node, Op.Contract op, int i) {
    Node x = node.operand(i);
    Node other = node.operand(1 - i);
    List<Integer> labels = i == 0 ? op.a() : op.b();
    List<Integer> others = i == 0 ? op.b() : op.a();
    if (x.op() instanceof Op.Permute permute) {
      var before = new Integer[labels.size()];
      for (int axis = 0; axis < before.length; axis++) {
        before[permute.axes().get(axis)] = labels.get(axis);
      }
      labels = List.of(before);
      x = x.operand(0);
    }
    if (!(x.op() instanceof Op.Gather gather) || gather.shared() != 0 || !other.shape().isConstant()
        || !isSmaller(x.operand(0).dim(0), x.operand(1).shape())) {
      return null;
    }
    List<Integer> places = labels.subList(0, x.operand(1).rank());
    List<Integer> row = labels.subList(places.size(), labels.size());
    if (!op.out().containsAll(places) || places.stream().anyMatch(others::contains)) {
      return null;
    }
    var build = new Build(node.origin());
    int table = 1 + Stream.concat(op.a().stream(), op.b().stream()).mapToInt(label -> label).max().orElse(0);
    List<Integer> rest = op.out().stream().filter(label -> !places.contains(label)).toList();
    Node rows = build.node(new Op.Contract(front(table, row), others, front(table, rest)), x.operand(0), other);
    var found = new ArrayList<>(places);
    found.addAll(rest);
    return build.permute(build.gather(rows, x.operand(1), 0), op.out().stream().map(found::indexOf).toList());
  }

  private static boolean isSmaller(Dim rows, Shape places) {
    Dim count = places.substitute(LEAST).elements();
    return rows.isConstant() && count.isConstant() && rows.value() < count.value();
  }

  private static List<Integer> front(int label, List<Integer> labels) {
    var all = new ArrayList<Integer>();
    all.add(label);
    all.addAll(labels);
    return all;
  }
}

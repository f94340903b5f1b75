package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of kernels: what they do and for which shape, without the batch: {@code conv_6x28x28}. */
final class Names {
  private final Map<String, Integer> used = new HashMap<>();

  String name(Form form, List<Node> anchors, List<Node> results) {
    Node first = anchors.isEmpty() ? results.get(0) : anchors.get(0);
    Node shaped = form == Form.ROW_REDUCE ? first.operand(0) : first;
    String shape = shaped.shape().dims().stream().filter(dim -> dim.isConstant()).map(dim -> dim.formula())
        .collect(Collectors.joining("x"));
    String name = word(form, anchors) + (form == Form.SCALAR || shape.isEmpty() ? "" : "_" + shape);
    int count = used.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "_n" + count;
  }

  private static String word(Form form, List<Node> anchors) {
    return switch (form) {
      case POINTWISE -> "map";
      case ROW_REDUCE -> anchors.stream().allMatch(Sums::isPartial) ? "sum" : "rows";
      case CONTRACTION -> product(anchors.get(0));
      case INDEXED -> anchors.get(0).is(Op.Gather.class) ? "gather" : "scatter";
      case LOOP -> "loop";
      case SCALAR -> "scalars";
    };
  }

  private static String product(Node product) {
    boolean windows = product.operands().stream().anyMatch(Names::showsWindows);
    String word = windows ? "conv" : "product";
    return Sums.isPartial(product) ? word + "_sum" : word;
  }

  private static boolean showsWindows(Node node) {
    Node base = node;
    while (Kind.of(base) == Kind.VIEW) {
      if (base.is(Op.Window.class)) {
        return true;
      }
      base = base.operand(0);
    }
    return false;
  }
}

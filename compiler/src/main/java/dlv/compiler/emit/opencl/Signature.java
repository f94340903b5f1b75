package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The parameters of a kernel function: what it reads ({@code x0, x1 …}), what it writes ({@code y0 …}), and the
 * dimensions that its text turned out to need, by name.
 */
final class Signature {
  private final List<Node> reads;
  private final List<Node> writes;
  private final boolean inPlace;
  private final Map<Node, String> readNames = new IdentityHashMap<>();
  private final Map<Node, String> writeNames = new IdentityHashMap<>();
  private final TreeSet<String> dims = new TreeSet<>();

  /** {@code inPlace}: whether a result may lie in the buffer of an operand. */
  Signature(List<Node> reads, List<Node> writes, boolean inPlace) {
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.inPlace = inPlace;
    this.reads.forEach(node -> readNames.put(node, "x" + readNames.size()));
    this.writes.forEach(node -> writeNames.put(node, "y" + writeNames.size()));
  }

  /** The parameter that {@code node} is read through, or null where it is computed. */
  String read(Node node) {
    return readNames.get(node);
  }

  String write(Node node) {
    return writeNames.get(node);
  }

  /** {@code dim} as C; what names remain become parameters. */
  String text(Dim dim) {
    dims.addAll(dim.names());
    String formula = dim.formula().replace("//", " / ").replace("*", " * ").replace("+", " + ");
    return formula.contains(" ") ? "(" + formula + ")" : formula;
  }

  String parameters() {
    var list = new ArrayList<String>();
    String own = inPlace ? " *" : " *restrict ";
    for (Node node : reads) {
      list.add("__global const " + Value.type(node.element(), 1) + own + readNames.get(node));
    }
    for (Node node : writes) {
      list.add("__global " + Value.type(node.element(), 1) + own + writeNames.get(node));
    }
    dims.forEach(name -> list.add("const int " + name));
    return String.join(", ", list);
  }

  List<KernelArgument> arguments() {
    var list = new ArrayList<KernelArgument>();
    reads.forEach(node -> list.add(new KernelArgument.OfNode(node, false)));
    writes.forEach(node -> list.add(new KernelArgument.OfNode(node, true)));
    dims.forEach(name -> list.add(new KernelArgument.OfInt(Dim.name(name))));
    return list;
  }
}

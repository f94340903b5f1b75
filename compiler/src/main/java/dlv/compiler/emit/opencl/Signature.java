package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a kernel function: what it reads ({@code x0, x1 …}), what it writes ({@code y0 …}), where those of
 * them begin that lie beside others in an arena ({@code x1_at}), and the dimensions that its text turned out to need.
 */
final class Signature {
  /** A name or number in brackets of its own. */
  private static final Pattern BRACKETED = Pattern.compile("\\((\\w+)\\)");

  private final List<Node> reads;
  private final List<Node> writes;
  private final boolean inPlace;
  private final Set<Node> displaced;
  private final Map<Node, String> readNames = new IdentityHashMap<>();
  private final Map<Node, String> writeNames = new IdentityHashMap<>();
  private final TreeSet<String> dims = new TreeSet<>();

  /**
   * @param inPlace whether a result may lie in the buffer of an operand
   * @param displaced values that need not begin where their buffer does
   */
  Signature(List<Node> reads, List<Node> writes, boolean inPlace, Set<Node> displaced) {
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.inPlace = inPlace;
    this.displaced = displaced;
    this.reads.forEach(node -> readNames.put(node, "x" + readNames.size()));
    this.writes.forEach(node -> writeNames.put(node, "y" + writeNames.size()));
  }

  /** Of text that is not kept. */
  static Signature none() {
    return new Signature(List.of(), List.of(), true, Set.of());
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
    String formula = spelling(dim.formula()).replace("//", " / ").replace("*", " * ").replace("+", " + ");
    String plain = BRACKETED.matcher(formula).replaceAll("$1");
    return plain.contains(" ") && !plain.matches("\\([^()]*\\)") ? "(" + plain + ")" : plain;
  }

  /** Names of dimensions may have dots. */
  private static String spelling(String formula) {
    return formula.replace('.', '_');
  }

  /** The parameters that are moved to where their value begins, with the values. */
  private Map<String, Node> bases() {
    var bases = new LinkedHashMap<String, Node>();
    reads.stream().filter(displaced::contains).forEach(node -> bases.put(read(node), node));
    writes.stream().filter(displaced::contains).forEach(node -> bases.put(write(node), node));
    return bases;
  }

  /** The lines that move them, first in the body. */
  String moves() {
    return bases().keySet().stream().map(name -> "  " + name + " += " + name + "_at;\n").collect(Collectors.joining());
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
    bases().forEach((name, node) -> list.add("const int " + name + "_at"));
    dims.forEach(name -> list.add("const int " + spelling(name)));
    return String.join(", ", list);
  }

  List<KernelArgument> arguments() {
    var list = new ArrayList<KernelArgument>();
    reads.forEach(node -> list.add(new KernelArgument.OfNode(node, false)));
    writes.forEach(node -> list.add(new KernelArgument.OfNode(node, true)));
    bases().values().forEach(node -> list.add(new KernelArgument.OfOffset(node)));
    dims.forEach(name -> list.add(new KernelArgument.OfInt(Dim.name(name))));
    return list;
  }
}

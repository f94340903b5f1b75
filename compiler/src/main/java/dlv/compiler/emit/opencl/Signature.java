package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Alias;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a kernel function: what it reads ({@code x0, x1 …}), what it writes ({@code y0 …}), where those of
 * them begin that lie beside others in an arena ({@code x1_at}), the number of the step where a row of them is meant, and the dimensions that its text turned out to need.
 */
final class Signature {
  /** A name or number in brackets of its own. */
  private static final Pattern BRACKETED = Pattern.compile("\\((\\w+)\\)");

  private final List<Node> reads;
  private final List<Node> writes;
  private final boolean inPlace;
  private final Layouts layouts;
  private final TreeSet<Integer> steps = new TreeSet<>();
  private final String moves;
  private final Map<Node, String> readNames = new IdentityHashMap<>();
  private final Map<Node, String> writeNames = new IdentityHashMap<>();
  private final TreeSet<String> dims = new TreeSet<>();

  /**
   * @param inPlace whether a result may lie in the buffer of an operand
   * @param layouts where values begin that need not begin where their buffer does; null: of text that is not kept
   */
  Signature(List<Node> reads, List<Node> writes, boolean inPlace, Layouts layouts) {
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.inPlace = inPlace;
    this.layouts = layouts;
    this.reads.forEach(node -> readNames.put(node, "x" + readNames.size()));
    this.writes.forEach(node -> writeNames.put(node, "y" + writeNames.size()));
    this.moves = movesOf(this.reads, readNames) + movesOf(this.writes, writeNames);
  }

  /** Of text that is not kept. */
  static Signature none() {
    return new Signature(List.of(), List.of(), true, null);
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
    reads.stream().filter(this::isDisplaced).forEach(node -> bases.put(read(node), node));
    writes.stream().filter(this::isDisplaced).forEach(node -> bases.put(write(node), node));
    return bases;
  }

  private boolean isDisplaced(Node node) {
    return layouts != null && layouts.displaced().contains(layouts.owner(node));
  }

  /** The lines that move parameters to where their values begin, first in the body. */
  String moves() {
    return moves;
  }

  private String movesOf(List<Node> nodes, Map<Node, String> names) {
    var lines = new StringBuilder();
    for (Node node : nodes) {
      if (isDisplaced(node)) {
        lines.append("  ").append(names.get(node)).append(" += ").append(names.get(node)).append("_at;\n");
      }
      int depth = 0;
      for (Alias alias : layouts == null ? List.<Alias>of() : layouts.chain(node)) {
        String place = alias.row() ? place(alias, depth) : "0";
        if (!place.equals("0")) {
          lines.append("  ").append(names.get(node)).append(" += (size_t)(").append(place).append(") * ")
              .append(text(layouts.of(alias.of()).strides().get(0))).append(";\n");
        }
        depth += alias.outward() ? 1 : 0;
      }
    }
    return lines.toString();
  }

  /** The number of a row in the present step. */
  private String place(Alias alias, int depth) {
    Dim first = alias.first().plus(layouts.of(alias.of()).margins().get(0).low());
    if (alias.by() == 0) {
      return first.formula();
    }
    steps.add(depth);
    String step = (alias.by() == 1 ? "" : alias.by() + " * ") + step(depth);
    String number = first.is(0) ? step : text(first) + " + " + step;
    return alias.cycle() == 0 ? number : "(" + number + ") % " + alias.cycle();
  }

  private static String step(int depth) {
    return depth == 0 ? "step" : "step" + depth;
  }

  /** Whether the value of {@code node} begins at a multiple of {@code lanes} elements. */
  boolean isAligned(Node node, int lanes) {
    return layouts == null || layouts.chain(node).stream().filter(Alias::row)
        .map(alias -> layouts.of(alias.of()).strides().get(0))
        .allMatch(stride -> !stride.isConstant() || stride.value() % lanes == 0);
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
    steps.forEach(depth -> list.add("const int " + step(depth)));
    dims.forEach(name -> list.add("const int " + spelling(name)));
    return String.join(", ", list);
  }

  List<KernelArgument> arguments() {
    var list = new ArrayList<KernelArgument>();
    reads.forEach(node -> list.add(new KernelArgument.OfNode(node, false)));
    writes.forEach(node -> list.add(new KernelArgument.OfNode(node, true)));
    bases().values().forEach(node -> list.add(new KernelArgument.OfOffset(node)));
    steps.forEach(depth -> list.add(new KernelArgument.OfStep(depth)));
    dims.forEach(name -> list.add(new KernelArgument.OfInt(Dim.name(name))));
    return list;
  }
}

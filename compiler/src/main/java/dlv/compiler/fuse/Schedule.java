package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Printer;
import dlv.compiler.ir.Substitution;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The kernels of a graph, in the order in which they run.
 *
 * <p>An update's next value is a result, and it is stored over the state's present value: no kernel after it reads the
 * old one, and the kernel that stores it reads the old one, if at all, at the element it writes. Where the graph did
 * not allow that, {@link Fuse} has added a copy (a {@code Reshape} to the same shape), so {@code graph} may differ
 * from the graph that was fused.
 *
 * <p>A {@code Concat} is in no kernel's body: its parts are results that their kernels store into place, and who reads
 * it names it as an operand. The parts themselves are read by nobody.
 *
 * @param placements results that are stored into their place in a {@code Concat}
 * @param loops what the kernels of form LOOP repeat, by their names
 */
public record Schedule(Graph graph, List<Kernel> kernels, Map<Node, Placement> placements, Map<String, Steps> loops) {
  public Schedule {
    kernels = List.copyOf(kernels);
    loops = Map.copyOf(loops);
    placements = Collections.unmodifiableMap(new IdentityHashMap<>(placements));
  }

  /** Every node that is wanted or stored, and all that they need, operands before users. */
  public List<Node> nodes() {
    var roots = new ArrayList<>(graph.roots());
    kernels.forEach(kernel -> roots.addAll(kernel.results()));
    return Graph.topological(roots);
  }

  /** This schedule with named dimensions replaced. */
  public Schedule substitute(Map<String, Dim> values) {
    return substitute(values, new IdentityHashMap<>());
  }

  private Schedule substitute(Map<String, Dim> values, Map<Node, Node> replaced) {
    var substitution = new Substitution(values);
    for (Node node : nodes()) {
      replaced.put(node, substitution.of(node, replaced));
    }
    var list = kernels.stream().map(k -> new Kernel(k.name(), k.form(), in(k.anchors(), replaced),
        in(k.body(), replaced), in(k.operands(), replaced), in(k.results(), replaced))).toList();
    var placed = new IdentityHashMap<Node, Placement>();
    placements.forEach((node, p) -> placed.put(replaced.get(node),
        new Placement(replaced.get(p.whole()), p.axis(), p.offset().substitute(values))));
    var outputs = graph.outputs().stream().map(o -> new Graph.Output(o.name(), replaced.get(o.node()))).toList();
    var updates = graph.updates().stream().map(u -> new Graph.Update(
        (Op.State) Substitution.in(u.state(), values), replaced.get(u.next()))).toList();
    var walked = new LinkedHashMap<String, Steps>();
    loops.forEach((name, steps) -> walked.put(name, substitute(steps, values, replaced)));
    return new Schedule(new Graph(graph.name(), outputs, updates), list, placed, walked);
  }

  private static Steps substitute(Steps steps, Map<String, Dim> values, Map<Node, Node> outside) {
    var inside = new IdentityHashMap<Node, Node>();
    Schedule schedule = steps.schedule().substitute(values, inside);
    var aliases = new IdentityHashMap<Node, Alias>();
    steps.aliases().forEach((node, alias) -> {
      if (inside.containsKey(node)) {
        aliases.put(inside.get(node), new Alias(outside.get(alias.of()), alias.row(), alias.first().substitute(values),
            alias.by(), alias.cycle()));
      }
    });
    return new Steps(steps.length().substitute(values), schedule, aliases, steps.ended().map(outside::get));
  }

  private static List<Node> in(List<Node> nodes, Map<Node, Node> replaced) {
    return nodes.stream().map(replaced::get).toList();
  }

  /** One line a kernel: {@code conv_6x28x28 contraction: %15, %20 -> %27 float[batch, 6, 28, 28]}. */
  public String outline() {
    return header() + lines().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** The line of each kernel, in order. */
  public List<String> lines() {
    Map<Node, Integer> numbers = Printer.numbers(nodes());
    return kernels.stream().map(kernel -> line(kernel, numbers)).toList();
  }

  /** Every kernel with its body, one line a node; the same on every run. */
  public String text() {
    Map<Node, Integer> numbers = Printer.numbers(nodes());
    var out = new StringBuilder(header());
    for (Kernel kernel : kernels) {
      out.append('\n').append(line(kernel, numbers)).append('\n');
      for (Node node : kernel.body()) {
        String mark = kernel.results().contains(node) ? "> " : kernel.anchors().contains(node) ? "* " : "  ";
        out.append("  ").append(mark).append(Printer.line(node, numbers)).append('\n');
      }
      if (kernel.form() == Form.LOOP) {
        out.append(loops.get(kernel.name()).schedule().text().indent(4));
      }
    }
    graph.outputs().forEach(o ->
        out.append("\noutput ").append(o.name()).append(" = %").append(numbers.get(o.node())));
    graph.updates().forEach(u ->
        out.append("\nupdate ").append(u.state().path()).append(" <- %").append(numbers.get(u.next())));
    return out.append('\n').toString();
  }

  private String header() {
    return "schedule " + graph.name() + ": " + kernels.size() + " kernels\n";
  }

  private String line(Kernel kernel, Map<Node, Integer> numbers) {
    String results = kernel.results().stream().map(node -> "%" + numbers.get(node) + " " + Printer.type(node)
        + place(node, numbers)).collect(Collectors.joining(", "));
    return kernel.name() + " " + kernel.form().name().toLowerCase(Locale.ROOT) + ": " + names(kernel.operands(), numbers)
        + " -> " + results;
  }

  private String place(Node node, Map<Node, Integer> numbers) {
    Placement placement = placements.get(node);
    return placement == null ? "" : " in %" + numbers.get(placement.whole()) + " at " + placement.offset().text();
  }

  private static String names(Collection<Node> nodes, Map<Node, Integer> numbers) {
    return nodes.stream().map(node -> "%" + numbers.get(node)).collect(Collectors.joining(", "));
  }
}

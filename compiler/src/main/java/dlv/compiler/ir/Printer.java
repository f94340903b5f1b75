package dlv.compiler.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Graphs as text, one line a node, operands before users, the same on every run:
 * {@code %12 = contract(%3, %4) bcpqij,ocij->bopq : float[batch, 16, 10, 10]   // net.conv2d2 (lenet5.dlv:9)}.
 */
public final class Printer implements Op.Cases<String> {
  private static final int COMMENT_COLUMN = 72;

  private final Map<Loop, Body> bodies;

  private Printer(Map<Loop, Body> bodies) {
    this.bodies = bodies;
  }

  /** How the nodes of a loop's body are numbered, on their own. */
  private record Body(String name, Map<Node, Integer> numbers) {}

  /** The whole graph: the bodies of its loops, nodes, then outputs and updates. */
  public static String print(Graph graph) {
    Map<Node, Integer> numbers = numbers(graph.nodes());
    var lines = new ArrayList<String>();
    lines.add("graph " + graph.name());
    var printer = new Printer(new IdentityHashMap<>());
    printer.bodies(graph.nodes(), lines);
    graph.nodes().forEach(node -> lines.add(printer.text(node, numbers)));
    graph.outputs().forEach(o -> lines.add("output " + o.name() + " = %" + numbers.get(o.node())));
    graph.updates().forEach(u -> lines.add("update " + u.state().path() + " <- %" + numbers.get(u.next())));
    return String.join("\n", lines) + "\n";
  }

  /** A block for each loop among {@code nodes}, inner loops first. */
  private void bodies(List<Node> nodes, List<String> lines) {
    Loop.told(nodes).forEach((loop, told) -> {
      List<Node> all = loop.nodes(told);
      bodies(all, lines);
      var body = new Body("loop " + bodies.size(), numbers(all));
      bodies.put(loop, body);
      lines.add(body.name() + " (" + loop + ")");
      all.forEach(node -> lines.add("  " + text(node, body.numbers())));
      lines.add("  next" + loop.next().stream().map(node -> " %" + body.numbers().get(node)).collect(
          Collectors.joining()));
    });
  }

  /** The number of each node, from 0, by its place in {@code nodes}. */
  public static Map<Node, Integer> numbers(List<Node> nodes) {
    var numbers = new IdentityHashMap<Node, Integer>();
    nodes.forEach(node -> numbers.putIfAbsent(node, numbers.size()));
    return numbers;
  }

  /** One node; {@code numbers} names it and its operands. */
  public static String line(Node node, Map<Node, Integer> numbers) {
    return new Printer(Map.of()).text(node, numbers);
  }

  private String text(Node node, Map<Node, Integer> numbers) {
    String operands = node.operands().stream().map(o -> "%" + numbers.get(o))
        .collect(Collectors.joining(", ", "(", ")"));
    String details = node.op().accept(this);
    int gap = details.indexOf(' ');
    String name = gap < 0 ? details : details.substring(0, gap);
    String rest = gap < 0 ? "" : details.substring(gap);
    String text = "%" + numbers.get(node) + " = " + name + (node.operands().isEmpty() ? "" : operands) + rest
        + " : " + type(node);
    String origin = node.origin().text();
    return origin.isEmpty() ? text : padded(text) + "  // " + origin;
  }

  private static String padded(String text) {
    return text.length() >= COMMENT_COLUMN ? text : text + " ".repeat(COMMENT_COLUMN - text.length());
  }

  /** {@code float[batch, 16]}. */
  public static String type(Node node) {
    return lower(node.element()) + node.shape().text();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String input(Op.Input op) {
    return "input " + op.name();
  }

  @Override
  public String state(Op.State op) {
    return "state " + op.path() + " " + lower(op.role()) + (op.turn() == 0 ? "" : " turn " + op.turn());
  }

  @Override
  public String constant(Op.Constant op) {
    int shown = Math.min(8, op.values().size());
    String values = op.values().subList(0, shown).stream().map(Printer::number).collect(Collectors.joining(", "));
    return "constant " + values + (shown < op.values().size() ? ", …" : "");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public String size(Op.Size op) {
    return "size " + op.dim().text();
  }

  @Override
  public String index(Op.Index op) {
    return "index";
  }

  @Override
  public String random(Op.Random op) {
    return "random site " + op.site();
  }

  @Override
  public String map(Op.Map op) {
    return lower(op.function());
  }

  @Override
  public String reduce(Op.Reduce op) {
    return lower(op.reducer()) + " " + op.axes();
  }

  @Override
  public String contract(Op.Contract op) {
    var all = new ArrayList<>(op.a());
    all.addAll(op.b());
    boolean letters = all.stream().allMatch(l -> l < 128 && Character.isLetter(l));
    List<Integer> known = all.stream().distinct().toList();
    return "contract " + Stream.of(op.a(), op.b())
        .map(labels -> text(labels, letters ? null : known)).collect(Collectors.joining(",")) + "->"
        + text(op.out(), letters ? null : known);
  }

  /** Labels as letters: their own where all are, else by their first appearance. */
  private static String text(List<Integer> labels, List<Integer> known) {
    return labels.stream().map(l -> Character.toString(known == null ? l : letter(known.indexOf(l))))
        .collect(Collectors.joining());
  }

  private static int letter(int i) {
    return i < 26 ? 'a' + i : 'A' + i - 26;
  }

  @Override
  public String top(Op.Top op) {
    return "top " + op.k();
  }

  @Override
  public String reshape(Op.Reshape op) {
    return "reshape";
  }

  @Override
  public String permute(Op.Permute op) {
    return "permute " + op.axes();
  }

  @Override
  public String broadcast(Op.Broadcast op) {
    return "broadcast " + op.axes();
  }

  @Override
  public String slice(Op.Slice op) {
    return "slice axis " + op.axis() + " from " + op.start().text() + (op.step() == 1 ? "" : " step " + op.step());
  }

  @Override
  public String pad(Op.Pad op) {
    return "pad axis " + op.axis() + " low " + op.low().text() + " high " + op.high().text()
        + (op.interior() == 0 ? "" : " interior " + op.interior());
  }

  @Override
  public String concat(Op.Concat op) {
    return "concat axis " + op.axis();
  }

  @Override
  public String window(Op.Window op) {
    return "window axis " + op.axis() + geometry(op.stride(), op.dilation());
  }

  @Override
  public String fold(Op.Fold op) {
    return "fold axis " + op.axis() + geometry(op.stride(), op.dilation());
  }

  private static String geometry(long stride, long dilation) {
    return (stride == 1 ? "" : " stride " + stride) + (dilation == 1 ? "" : " dilation " + dilation);
  }

  @Override
  public String gather(Op.Gather op) {
    return "gather" + shared(op.shared());
  }

  @Override
  public String scatterAdd(Op.ScatterAdd op) {
    return "scatter_add" + shared(op.shared());
  }

  private static String shared(int axes) {
    return axes == 0 ? "" : " shared " + axes;
  }

  @Override
  public String parameter(Op.Parameter op) {
    return "parameter " + op.number();
  }

  @Override
  public String scan(Op.Scan op) {
    Body body = bodies.get(op.loop());
    return "scan " + lower(op.result())
        + (body == null ? " of " + op.loop() : " %" + body.numbers().get(op.of()) + " of " + body.name());
  }

  @Override
  public String derivative(Op.Derivative op) {
    return "derivative";
  }

  @Override
  public String rows(Op.Rows op) {
    return "rows";
  }
}

package dlv.compiler.drawing;

import dlv.compiler.check.Application;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.summary.SummaryTable;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network is made of: boxes, the arrows between them, and frames around what belongs to a network inside it.
 */
record LayerGraph(List<Box> boxes, List<Frame> frames, List<Arrow> arrows) {
  private static final int LONGEST = 40;

  /** What a box stands for. */
  enum Look { PORT, WEIGHTED, PLAIN, OPERATION }

  /** A frame in the frame {@code parent}, or in none where that is null. */
  record Frame(Frame parent, String title) {}

  /** A box in a frame, or in none; {@code lines} stand below its title. */
  record Box(Frame frame, Look look, String title, List<String> lines) {}

  /** What one box gives to another; both are numbers of boxes. */
  record Arrow(int from, int to) {}

  LayerGraph {
    boxes = List.copyOf(boxes);
    frames = List.copyOf(frames);
    arrows = List.copyOf(arrows);
  }

  /** The graph of a network; networks of the user's files are opened down to {@code depth}, 0 for none. */
  static LayerGraph of(NetworkProgram network, int depth) {
    return new Tracing(network, depth).graph();
  }

  /** A box that is being made. */
  private static final class Draft {
    private final Frame frame;
    private final Look look;
    private final String title;
    private final List<String> lines;
    private final Set<Draft> from = new LinkedHashSet<>();

    Draft(Frame frame, Look look, String title, List<String> lines) {
      this.frame = frame;
      this.look = look;
      this.title = title;
      this.lines = lines;
    }
  }

  /** Follows the values of a network from its inputs to its results, and tells whose they are. */
  private static final class Tracing {
    private final NetworkProgram network;
    private final int depth;
    private final List<Frame> frames = new ArrayList<>();
    private final Set<Draft> drafts = new LinkedHashSet<>();
    /** The layer in which a value is made. */
    private final Map<Node, Draft> layers = new IdentityHashMap<>();
    /** The frame in which it is made, where that is not the network itself. */
    private final Map<Node, Frame> places = new IdentityHashMap<>();
    /** Layers that give back what they get, as dropout after training, by that value. */
    private final Map<Node, List<Draft>> silent = new IdentityHashMap<>();
    /** The boxes that a value comes from; nothing for what is made of weights and constants alone. */
    private final Map<Node, Set<Draft>> sources = new IdentityHashMap<>();
    private final Map<Node, Draft> operations = new IdentityHashMap<>();
    private final Map<Node, Integer> uses = new IdentityHashMap<>();

    Tracing(NetworkProgram network, int depth) {
      this.network = network;
      this.depth = depth;
    }

    LayerGraph graph() {
      own(network.application(), null, 0);
      List<Node> nodes = Graph.topological(network.results().stream().map(Port::node).toList());
      nodes.forEach(node -> node.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
      network.results().forEach(port -> uses.merge(port.node(), 1, Integer::sum));
      for (Port input : network.inputs()) {
        Draft draft = add(null, Look.PORT, input.name(), List.of(input.type().text()));
        sources.put(input.node(), through(input.node(), Set.of(draft)));
      }
      nodes.forEach(this::follow);
      for (Port result : network.results()) {
        add(null, Look.PORT, result.name(), List.of(result.type().text())).from.addAll(sources.get(result.node()));
      }
      return finished();
    }

    /** Marks the values that each application makes, inner ones first. */
    private void own(Application application, Frame frame, int level) {
      for (Application child : application.children()) {
        if (!child.isOfLibrary()) {
          boolean opened = level < depth && child.children().stream().anyMatch(inner -> !inner.isOfLibrary())
              && child.children().stream().allMatch(inner -> inner.repeats().equals(child.repeats()));
          if (opened) {
            Frame inner = new Frame(frame, child.path() + ": " + title(child));
            frames.add(inner);
            own(child, inner, level + 1);
            mark(child, places, inner);
          } else {
            layer(child, frame);
          }
        }
      }
    }

    private void layer(Application child, Frame frame) {
      Dim weights = child.allWeights().stream().map(state -> state.shape().elements()).reduce(Dim.ZERO, Dim::plus);
      List<String> lines = new ArrayList<>();
      child.outputs().forEach(type -> lines.add(type.text()));
      if (!weights.equals(Dim.ZERO)) {
        lines.add(SummaryTable.number(weights) + " weights");
      }
      Draft draft = new Draft(frame, weights.equals(Dim.ZERO) ? Look.PLAIN : Look.WEIGHTED, title(child), lines);
      if (!mark(child, layers, draft) && !child.results().isEmpty()) {
        silent.computeIfAbsent(child.results().get(0), node -> new ArrayList<>()).add(draft);
      }
    }

    /** Says of all values that an application makes, and of which nothing is said, whose they are; false if none is. */
    private <T> boolean mark(Application application, Map<Node, T> of, T owner) {
      String inside = application.path() + ".";
      boolean any = false;
      List<Node> open = new ArrayList<>(application.results());
      while (!open.isEmpty()) {
        Node node = open.remove(open.size() - 1);
        String path = node.origin().path();
        if (!of.containsKey(node) && (path.equals(application.path()) || path.startsWith(inside))) {
          of.put(node, owner);
          any = true;
          open.addAll(node.operands());
        }
      }
      return any;
    }

    private void follow(Node node) {
      if (sources.containsKey(node)) {
        return;
      }
      Set<Draft> from = new LinkedHashSet<>();
      node.operands().forEach(operand -> from.addAll(sources.get(operand)));
      Draft layer = layers.get(node);
      if (from.isEmpty() && !node.is(Op.Random.class)) {
        sources.put(node, Set.of());
      } else if (layer != null) {
        drafts.add(layer);
        from.stream().filter(other -> other != layer).forEach(layer.from::add);
        sources.put(node, through(node, Set.of(layer)));
      } else if (isView(node)) {
        sources.put(node, through(node, from));
      } else {
        sources.put(node, through(node, Set.of(operation(node, from))));
      }
    }

    /** The box of an operation of the network itself; values that the same words of the text made share one. */
    private Draft operation(Node node, Set<Draft> from) {
      Frame frame = places.get(node);
      Span words = node.origin().span();
      for (Node operand : node.operands()) {
        Draft known = operations.get(operand);
        if (known != null && known.frame == frame && uses.get(operand) == 1 && words.equals(operand.origin().span())) {
          from.stream().filter(other -> other != known).forEach(known.from::add);
          operations.put(node, known);
          return known;
        }
      }
      Draft draft = add(frame, Look.OPERATION, shortened(words.text()), List.of());
      draft.from.addAll(from);
      operations.put(node, draft);
      return draft;
    }

    /** What a value comes from when it has passed the layers that leave it as it is. */
    private Set<Draft> through(Node node, Set<Draft> from) {
      Set<Draft> now = from;
      for (Draft layer : silent.getOrDefault(node, List.of())) {
        layer.from.addAll(now);
        drafts.add(layer);
        now = Set.of(layer);
      }
      return now;
    }

    private Draft add(Frame frame, Look look, String title, List<String> lines) {
      Draft draft = new Draft(frame, look, title, lines);
      drafts.add(draft);
      return draft;
    }

    private LayerGraph finished() {
      List<Draft> all = List.copyOf(drafts);
      Map<Draft, Integer> numbers = new HashMap<>();
      all.forEach(draft -> numbers.put(draft, numbers.size()));
      List<Arrow> arrows = new ArrayList<>();
      all.forEach(draft -> draft.from.forEach(from -> arrows.add(new Arrow(numbers.get(from), numbers.get(draft)))));
      return new LayerGraph(
          all.stream().map(draft -> new Box(draft.frame, draft.look, draft.title, draft.lines)).toList(),
          frames, arrows);
    }

    private static String title(Application application) {
      String call = application.call().replaceAll("\\s+", " ");
      return call.length() <= LONGEST ? call : application.network() + "(…)";
    }

    private static String shortened(String text) {
      String line = text.replaceAll("\\s+", " ");
      return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** Whether an operation only shows its operand in another form. */
    private static boolean isView(Node node) {
      return node.is(Op.Reshape.class) || node.is(Op.Permute.class) || node.is(Op.Broadcast.class)
          || node.is(Scalar.TO_FLOAT) || node.is(Scalar.DETACH);
    }
  }
}

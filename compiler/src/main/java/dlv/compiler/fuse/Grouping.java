package dlv.compiler.fuse;

import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One walk over the graph, operands first, that gives nodes to kernels: each anchor opens a kernel or joins one, maps
 * follow the latest kernel whose values they need, and what must be stored without that opens a POINTWISE kernel.
 * Nodes that end up in no kernel are computed by whoever reads them.
 */
final class Grouping {
  /** The most elements of small inner axes that a product's tile holds whole. */
  private static final long BLOCK = 16;

  private final Demands demands;
  private final Map<Node, Home> homes = new IdentityHashMap<>();
  private final Map<Node, Set<Cluster>> sources = new IdentityHashMap<>();
  private final Set<Node> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Cluster> clusters = new ArrayList<>();
  private int loopAxes;

  Grouping(List<Node> nodes, Demands demands) {
    this.demands = demands;
    nodes.forEach(this::visit);
  }

  List<Cluster> clusters() {
    return clusters;
  }

  /** The kernel that can compute {@code node}; null where every reader does it by itself. */
  Home home(Node node) {
    return homes.get(node);
  }

  /** Whether {@code node} belongs to its home, instead of being a view on the way there. */
  boolean isOwned(Node node) {
    return owned.contains(node);
  }

  /** Gives everything in {@code from} to {@code to}. */
  void merge(Cluster from, Cluster to) {
    homes.replaceAll((node, home) -> home.cluster() == from ? new Home(to, home.at(), home.partial()) : home);
    from.nodes().forEach(node -> to.add(node, from.waitsFor()));
    clusters.remove(from);
    for (Cluster cluster : clusters) {
      if (cluster != to && cluster.waitsFor().remove(from)) {
        cluster.waitsFor().add(to);
      }
    }
  }

  private void visit(Node node) {
    var all = new LinkedHashSet<Cluster>();
    node.operands().forEach(operand -> all.addAll(sources.get(operand)));
    sources.put(node, all);
    boolean placed = switch (Kind.of(node)) {
      case LEAF, CONCAT -> true;
      case CHEAP, SUM_ON_READ -> false;
      case VIEW -> view(node);
      case MAP -> node.rank() > 0 && follow(node);
      case ANCHOR -> demands.isLookup(node) || anchor(node);
    };
    if (!placed && demands.isStored(node)) {
      open(node);
    }
  }

  private void own(Node node, Home home) {
    Cluster cluster = home.cluster();
    cluster.add(node, sources.get(node));
    homes.put(node, home);
    sources.put(node, Set.of(cluster));
    owned.add(node);
  }

  private Cluster cluster(Form form, List<Object> loops) {
    var cluster = new Cluster(clusters.size(), form, loops);
    clusters.add(cluster);
    return cluster;
  }

  private Coordinates loops(Cluster cluster, Shape shape) {
    Coordinates at = Coordinates.loops(shape, loopAxes);
    for (Dim size : shape.dims()) {
      cluster.extents().put(loopAxes++, size);
    }
    return at;
  }

  /** A view keeps its operand's home as long as digits describe it; whether it is stored there is seen later. */
  private boolean view(Node node) {
    Home home = homes.get(node.operand(0));
    boolean outside = home != null && node.is(Op.Slice.class) && home.cluster().form() != Form.CONTRACTION;
    if (home == null || outside || home.partial() && demands.isRoot(node)) {
      return false;
    }
    Home here = home.at().through(node).map(at -> new Home(home.cluster(), at, home.partial())).orElse(null);
    if (here == null || demands.isStored(node) && !accepts(here)) {
      return false;
    }
    homes.put(node, here);
    if (demands.isStored(node)) {
      own(node, here);
    }
    return true;
  }

  /** A map joins the latest kernel whose values it reads, where that has them all at the same place. */
  private boolean follow(Node node) {
    List<Home> candidates = node.operands().stream().map(homes::get).filter(home -> home != null && !home.partial())
        .sorted((a, b) -> b.cluster().number() - a.cluster().number()).toList();
    for (Home home : candidates) {
      boolean agree = node.operands().stream()
          .allMatch(operand -> home.equals(homes.get(operand)) || !waits(operand, home.cluster()));
      if (agree && accepts(home) && home.cluster().mayWaitFor(sources.get(node))) {
        own(node, home);
        return true;
      }
    }
    return false;
  }

  private boolean waits(Node node, Cluster cluster) {
    return sources.get(node).contains(cluster);
  }

  /** Whether {@code node}, which reads nothing that {@code cluster} computes, may be computed beside it. */
  private boolean fitsBeside(Node node, Cluster cluster) {
    return !waits(node, cluster) && cluster.mayWaitFor(sources.get(node));
  }

  /** Whether a kernel of this form can compute values with such coordinates. */
  private static boolean accepts(Home home) {
    Dim free = home.at().free();
    return switch (home.cluster().form()) {
      case CONTRACTION -> free.isConstant() && free.value() <= BLOCK;
      case ROW_REDUCE -> home.partial() || free.isConstant()
          && home.at().loopAxes().size() == home.cluster().extents().values().stream().filter(d -> !d.is(1)).count();
      case INDEXED -> free.is(1);
      case POINTWISE -> home.equals(whole(home.cluster()));
      case LOOP, SCALAR -> false;
    };
  }

  /** The home of a value that has exactly the loops of {@code cluster}. */
  private static Home whole(Cluster cluster) {
    List<Integer> axes = cluster.extents().keySet().stream().sorted().toList();
    var shape = new Shape(axes.stream().map(cluster.extents()::get).toList());
    return new Home(cluster, Coordinates.loops(shape, axes.isEmpty() ? 0 : axes.get(0)), false);
  }

  /** Opens or finds a kernel for a value that must be stored and that no kernel has at hand. */
  private void open(Node node) {
    boolean scalar = node.rank() == 0 || isSmallConstant(node);
    Form form = scalar ? Form.SCALAR : Form.POINTWISE;
    Set<Node> reads = reads(node.operands());
    for (int i = clusters.size() - 1; i >= 0; i--) {
      Cluster cluster = clusters.get(i);
      boolean alike = cluster.form() == form && (scalar || cluster.loops().equals(List.copyOf(node.shape().dims())));
      boolean related = scalar || node.shape().isConstant() || reads.stream().anyMatch(cluster.reads()::contains);
      if (alike && related && (scalar ? cluster.mayWaitFor(sources.get(node)) : fitsBeside(node, cluster))) {
        cluster.reads().addAll(reads);
        own(node, scalar ? new Home(cluster, Coordinates.loops(node.shape(), loopAxes), true) : whole(cluster));
        return;
      }
    }
    Cluster cluster = cluster(form, List.copyOf(node.shape().dims()));
    cluster.reads().addAll(reads);
    Coordinates at = loops(cluster, scalar ? Shape.SCALAR : node.shape());
    own(node, new Home(cluster, scalar ? Coordinates.loops(node.shape(), loopAxes) : at, scalar));
  }

  private static boolean isSmallConstant(Node node) {
    Node base = node.is(Op.Reshape.class) ? node.operand(0) : node;
    Dim elements = node.shape().elements();
    return base.is(Op.Constant.class) && elements.isConstant() && elements.value() <= BLOCK;
  }

  private boolean anchor(Node node) {
    if (node.is(Op.Reduce.class) && followInside(node)) {
      return true;
    }
    if (node.is(Op.Reduce.class) || node.is(Op.Top.class)) {
      rows(node);
    } else if (node.is(Op.Contract.class)) {
      Cluster cluster = cluster(Form.CONTRACTION, List.of());
      own(node, new Home(cluster, loops(cluster, node.shape()), Sums.isPartial(node)));
    } else if (node.is(Op.Scan.class)) {
      loop(node);
    } else {
      indexed(node);
    }
    return true;
  }

  /** A reduction within what a kernel has at hand: a tile's small inner axes, a row, or the rows' own values. */
  private boolean followInside(Node node) {
    Home home = homes.get(node.operand(0));
    if (home == null || home.partial() || !home.cluster().mayWaitFor(sources.get(node))) {
      return false;
    }
    Form form = home.cluster().form();
    List<Coordinates.Digit> reduced = home.at().digits(Sums.within(node));
    boolean block = form == Form.CONTRACTION && isBlock(home.cluster(), reduced);
    boolean withinRow = form == Form.ROW_REDUCE && reduced.stream().allMatch(Coordinates.Digit::isFree);
    boolean ofRows = form == Form.ROW_REDUCE && node.rank() == 0 && home.at().free().is(1) && accepts(home);
    if (block || withinRow || ofRows) {
      own(node, new Home(home.cluster(), home.at().without(Sums.within(node)), ofRows));
    }
    return block || withinRow || ofRows;
  }

  private static boolean isBlock(Cluster cluster, List<Coordinates.Digit> reduced) {
    Dim size = reduced.stream().map(Coordinates.Digit::extent).reduce(Dim.ONE, Dim::times);
    boolean inner = reduced.stream().allMatch(d -> d.isFree() || !d.extent().equals(cluster.extents().get(d.axis())));
    return inner && size.isConstant() && size.value() <= BLOCK;
  }

  /** A reduction or selection along rows that lie in memory; joins one over the same rows of the same values. */
  private void rows(Node node) {
    boolean partial = Sums.isPartial(node);
    boolean shortRows = Sums.hasShortRows(node);
    List<Object> loops = shortRows ? List.copyOf(Sums.rows(node))
        : List.of(node.operand(0).shape(), Sums.within(node));
    Set<Node> reads = reads(node.operands());
    for (Cluster cluster : clusters) {
      boolean alike = cluster.form() == Form.ROW_REDUCE && cluster.loops().equals(loops);
      if (alike && reads.stream().anyMatch(cluster.reads()::contains) && fitsBeside(node, cluster)) {
        int first = cluster.extents().keySet().stream().min(Integer::compare).orElse(0);
        own(node, new Home(cluster, result(node, first), partial || !shortRows));
        return;
      }
    }
    Cluster cluster = cluster(Form.ROW_REDUCE, loops);
    cluster.reads().addAll(reads);
    int first = loopAxes;
    loops(cluster, new Shape(Sums.rows(node)));
    own(node, new Home(cluster, result(node, first), partial || !shortRows));
  }

  /** All results of one walk are computed together. */
  private void loop(Node node) {
    List<Object> run = List.of(Loop.Run.of(node));
    Cluster cluster = clusters.stream().filter(c -> c.loops().equals(run)).findFirst()
        .orElseGet(() -> cluster(Form.LOOP, run));
    own(node, new Home(cluster, loops(cluster, node.shape()), false));
  }

  private static Coordinates result(Node node, int first) {
    Coordinates at = Coordinates.rows(node.operand(0).shape(), Sums.within(node), first);
    if (node.op() instanceof Op.Top top) {
      var axes = new ArrayList<>(at.axes());
      axes.set(axes.size() - 1, List.of(new Coordinates.Digit(Coordinates.FREE, Dim.ONE, Dim.of(top.k()))));
      return new Coordinates(axes);
    }
    return at.without(Sums.within(node));
  }

  /** A gather joins another of the same places. */
  private void indexed(Node node) {
    List<Object> loops = node.is(Op.Gather.class) ? List.of(node.operand(1)) : List.of(node);
    for (Cluster cluster : clusters) {
      if (cluster.form() == Form.INDEXED && cluster.loops().get(0) == loops.get(0)
          && fitsBeside(node, cluster)) {
        own(node, new Home(cluster, loops(cluster, node.shape()), false));
        return;
      }
    }
    Cluster cluster = cluster(Form.INDEXED, loops);
    own(node, new Home(cluster, loops(cluster, node.shape()), node.is(Op.ScatterAdd.class)));
  }

  /** The anchors, stored values and inputs that {@code nodes} are or depend on directly. */
  private Set<Node> reads(List<Node> nodes) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var stack = new ArrayList<>(nodes);
    while (!stack.isEmpty()) {
      Node next = stack.remove(stack.size() - 1);
      Kind kind = Kind.of(next);
      boolean end = kind == Kind.ANCHOR || kind == Kind.CONCAT || demands.isStored(next)
          || next.is(Op.Input.class) || next.is(Op.Parameter.class);
      if (end && next.rank() > 0) {
        found.add(next);
      } else if (!end && seen.add(next)) {
        stack.addAll(next.operands());
      }
    }
    return found;
  }
}

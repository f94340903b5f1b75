package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Segment;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a kernel's results are shared out among parts. */
final class Parts {
  private final Kernel kernel;
  private final Layouts layouts;
  private final List<Part> parts = new ArrayList<>();

  private Parts(Kernel kernel, Layouts layouts) {
    this.kernel = kernel;
    this.layouts = layouts;
  }

  static List<Part> of(Kernel kernel, Layouts layouts) {
    var parts = new Parts(kernel, layouts);
    Part copy = Transposition.of(kernel, layouts);
    if (copy != null) {
      parts.parts.add(copy);
    } else {
      parts.results(kernel.form() == Form.INDEXED ? parts.scattered() : parts.tiled());
    }
    for (Node result : kernel.results()) {
      if (layouts.of(result).hasMargins()) {
        parts.parts.add(new Ring(result, layouts));
      }
    }
    return parts.parts;
  }

  /** Adds a scattered sum; what remains to be computed element by element. */
  private List<Node> scattered() {
    Scattering part = Scattering.of(kernel, layouts);
    if (part == null || reached(part.anchor(), kernel.results()).size() < kernel.results().size()) {
      return kernel.results();
    }
    return isWritten(part) && parts.add(part) ? List.of() : kernel.results();
  }

  /** Whether a part holds all that its results need. */
  private boolean isWritten(Part part) {
    try {
      part.write(new Code(), new Signature(kernel.operands(), kernel.results(), true, null));
      return true;
    } catch (Elements.Untiled e) {
      return false;
    }
  }

  /** Adds the tiles of the kernel's products; what remains to be computed element by element. */
  private List<Node> tiled() {
    var rest = new ArrayList<>(kernel.results());
    if (kernel.form() == Form.CONTRACTION) {
      for (Node anchor : kernel.anchors()) {
        List<Node> reached = anchor.is(Op.Contract.class) ? reached(anchor, rest) : List.of();
        if (!reached.isEmpty() && tiled(anchor, reached)) {
          rest.removeAll(reached);
        }
      }
    }
    return rest;
  }

  private List<Node> reached(Node anchor, List<Node> results) {
    Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
    body.addAll(kernel.body());
    var signature = Signature.none();
    return results.stream().filter(node -> Reach.between(anchor, node, body, signature) != null).toList();
  }

  /** Whether the results can be computed tile by tile. */
  private boolean tiled(Node anchor, List<Node> reached) {
    if (!anchor.shape().dims().stream().allMatch(dim -> dim.isConstant() || dim.equals(Dim.BATCH))) {
      return false;
    }
    try {
      LaneSum sum = LaneSum.of(kernel, layouts, anchor, reached);
      if (sum != null && isWritten(sum)) {
        return parts.add(sum);
      }
      var list = new ArrayList<Part>();
      var granularity = Granularity.of(kernel, anchor, reached);
      for (Tile tile : new Tiling(anchor, granularity, layouts).tiles()) {
        Part part = new Contraction(kernel, layouts, tile, reached);
        part.write(new Code(), new Signature(kernel.operands(), kernel.results(), true, null));
        list.add(part);
      }
      return parts.addAll(list);
    } catch (Elements.Untiled e) {
      return false;
    }
  }

  private void results(List<Node> results) {
    var rest = new ArrayList<Node>();
    Map<String, List<Node>> shapes = new LinkedHashMap<>();
    for (Node node : results) {
      if (layouts.of(node).hasSlabs() && Layouts.isLong(node)) {
        parts.add(new Stretches(node, layouts, List.copyOf(cuts(node.operand(0)))));
      } else if (inVectors(node)) {
        shapes.computeIfAbsent(node.shape().toString(), key -> new ArrayList<>()).add(node);
      } else {
        rest.add(node);
      }
    }
    shapes.values().forEach(group -> vectors(group, rest));
    Map<String, Map<Node, List<Integer>>> nests = new LinkedHashMap<>();
    for (Node node : rest) {
      List<Integer> axes = Nest.itemAxes(kernel, node, layouts.flavour());
      List<Dim> sizes = axes.stream().map(node::dim).toList();
      nests.computeIfAbsent(sizes + " " + Nest.blocks(node, layouts), key -> new LinkedHashMap<>()).put(node, axes);
    }
    nests.values().forEach(nest -> parts.add(new Nest(kernel, layouts, nest)));
  }

  /** Whether neighbours of a result are taken together: the batch is not in the lanes, and there are enough of them. */
  private boolean inVectors(Node node) {
    return layouts.flavour() == Flavour.CPU_BATCH && node.rank() > 0 && (node.shape().isConstant() || ofRows(node))
        && !layouts.of(node).hasSlabs() && kernel.form() != Form.CONTRACTION
        && node.dim(node.rank() - 1).value() >= layouts.flavour().lanes();
  }

  /** Whether a result is elementwise, and its examples lie one after another. */
  private boolean ofRows(Node node) {
    return kernel.form() == Form.POINTWISE && node.rank() > 1 && node.dim(0).equals(Dim.BATCH)
        && node.shape().range(1, node.rank()).isConstant() && layouts.of(layouts.whole(node)).isPlain();
  }

  private void vectors(List<Node> group, List<Node> rest) {
    var cuts = cuts(group.get(0));
    var list = new ArrayList<Part>();
    for (long start : cuts) {
      Long end = cuts.higher(start);
      if (end != null) {
        list.add(new Vectors(group, layouts, start, end));
      }
    }
    try {
      for (Part part : list) {
        part.write(new Code(), new Signature(kernel.operands(), kernel.results(), true, null));
      }
      parts.addAll(list);
    } catch (Lanes.Scattered e) {
      rest.addAll(group);
    }
  }

  /** Where along its last axis a value is made of other parts, or of parts with other slabs. */
  private TreeSet<Long> cuts(Node value) {
    long size = value.dim(value.rank() - 1).value();
    var cuts = new TreeSet<>(List.of(0L, size));
    if (value.rank() == 1) {
      for (Node node : kernel.operands()) {
        for (Segment segment : layouts.of(layouts.owner(node)).segments()) {
          cuts.add(segment.start());
        }
      }
      for (Node node : kernel.body()) {
        long start = 0;
        if (node.op() instanceof Op.Concat && node.shape().equals(value.shape())) {
          for (Node part : node.operands()) {
            cuts.add(start);
            start += part.dim(0).value();
          }
        }
      }
    }
    return new TreeSet<>(cuts.headSet(size, true));
  }
}

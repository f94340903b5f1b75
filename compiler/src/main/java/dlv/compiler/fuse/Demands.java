package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes must lie in memory, whoever computes them: what is wanted outside, what products, gathers and
 * overlapping windows read again and again, the parts of a {@code Concat}, and costly values that tensors repeat.
 */
final class Demands {
  /** A value that is read so many times is stored instead of computed each time. */
  private static final long OFTEN = 16;

  private final Map<Node, List<Node>> readers;
  private final Set<Node> roots = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> stored = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> lookups = Collections.newSetFromMap(new IdentityHashMap<>());

  Demands(Prepared prepared, Map<Node, List<Node>> readers) {
    this.readers = readers;
    Graph graph = prepared.graph();
    List<Node> nodes = prepared.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      findLookup(nodes.get(i));
    }
    nodes.forEach(this::demandOperands);
    graph.roots().forEach(this::demandExactly);
    prepared.carried().forEach(this::demandExactly);
    roots.addAll(graph.roots());
  }

  /** Whether {@code node} is wanted outside. */
  boolean isRoot(Node node) {
    return roots.contains(node);
  }

  boolean isStored(Node node) {
    return stored.contains(node);
  }

  /** Whether this gathers places for other gathers alone: an indirect load wherever it is read. */
  boolean isLookup(Node node) {
    return node.is(Op.Gather.class) && !isRoot(node) && lookups.contains(node) && Kind.of(node.operand(0)) == Kind.LEAF;
  }

  private void findLookup(Node node) {
    List<Node> users = readers.get(node);
    boolean places = !users.isEmpty();
    for (Node user : users) {
      boolean gathers = user.is(Op.Gather.class) || user.is(Op.ScatterAdd.class);
      boolean asPlaces = gathers && user.operand(1) == node && user.operand(0) != node;
      boolean passes = !gathers && Kind.of(user) != Kind.ANCHOR && lookups.contains(user);
      places &= asPlaces || passes;
    }
    if (places) {
      lookups.add(node);
    }
  }

  private void demandOperands(Node node) {
    if (node.op() instanceof Op.Scan scan) {
      demandOperands(scan.loop(), node.operands());
    } else if (node.is(Op.Contract.class)) {
      node.operands().forEach(this::demand);
    } else if (node.is(Op.Gather.class) && !isLookup(node)) {
      demand(node.operand(0));
    } else if (node.is(Op.ScatterAdd.class)) {
      demand(node.operand(0));
      demand(node.operand(2));
    } else if (node.is(Op.Concat.class)) {
      node.operands().forEach(this::demandExactly);
    } else if (overlaps(node)) {
      demand(node.operand(0));
    } else if (Kind.of(node) == Kind.SUM_ON_READ) {
      demandCostly(node.operand(0));
    }
    if (repeats(node)) {
      node.operands().stream().filter(o -> Kind.of(o) == Kind.MAP && isCostly(o)).forEach(this::demandExactly);
    }
  }

  /**
   * A step reads carries, which have places of their own, rows of sequences as they lie in memory, and what is the same
   * in every step beneath affine views.
   */
  private void demandOperands(Loop loop, List<Node> operands) {
    for (int i = 0; i < operands.size(); i++) {
      Node operand = operands.get(i);
      Node base = operand;
      if (loop.isSequence(i)) {
        while (base.op() instanceof Op.Slice slice && slice.axis() == 0) {
          base = base.operand(0);
        }
      } else if (i >= loop.next().size()) {
        base = base(operand);
      }
      if (Kind.of(base) != Kind.LEAF) {
        demandExactly(base);
      }
    }
  }

  /** Whether {@code node} reads what no example influences many times over. */
  private static boolean repeats(Node node) {
    if (node.operands().isEmpty() || node.rank() == 0) {
      return false;
    }
    Dim elements = node.operand(0).shape().elements();
    Dim times = node.shape().elements().exactDiv(elements).orElse(Dim.ONE);
    return elements.isConstant() && (!times.isConstant() || times.value() >= OFTEN || elements.is(1));
  }

  /** Demands the costly maps that a reader of {@code node} would compute again for each of its overlapping elements. */
  private void demandCostly(Node node) {
    switch (Kind.of(node)) {
      case LEAF, CHEAP, CONCAT, ANCHOR -> { }
      case VIEW, SUM_ON_READ -> node.operands().forEach(this::demandCostly);
      case MAP -> {
        if (Kind.isCostly(node)) {
          demandExactly(node);
        } else {
          node.operands().forEach(this::demandCostly);
        }
      }
    }
  }

  private static boolean overlaps(Node node) {
    return node.op() instanceof Op.Window window
        && !(window.size().isConstant() && window.size().value() <= window.stride());
  }

  private boolean isCostly(Node node) {
    return switch (Kind.of(node)) {
      case ANCHOR -> node.rank() == 0;
      case MAP -> Kind.isCostly(node) || node.operands().stream().anyMatch(this::isCostly);
      case LEAF, CHEAP, VIEW, SUM_ON_READ, CONCAT -> false;
    };
  }

  private void demandExactly(Node node) {
    if (Kind.of(node) != Kind.CONCAT) {
      stored.add(node);
    }
  }

  /** Demands what {@code node} shows through views that are affine. */
  private void demand(Node node) {
    Node base = base(node);
    if (base.is(Scalar.TO_FLOAT) && base.operand(0).element() == Element.BF16) {
      demand(base.operand(0));
      return;
    }
    Kind kind = Kind.of(base);
    boolean drawn = base.is(Op.Random.class);
    boolean cast = (base.is(Scalar.TO_FLOAT) || base.is(Scalar.TO_INT)) && Kind.of(base(base.operand(0))) == Kind.LEAF;
    if (drawn || kind != Kind.LEAF && kind != Kind.CHEAP && kind != Kind.CONCAT && !cast) {
      stored.add(base);
    }
  }

  private static Node base(Node node) {
    Node base = node;
    while (isAffine(base)) {
      base = base.operand(0);
    }
    return base;
  }

  private static boolean isAffine(Node node) {
    boolean spaced = node.op() instanceof Op.Pad pad && pad.interior() > 0;
    return Kind.of(node) == Kind.VIEW && !node.is(Op.Fold.class) && !spaced;
  }
}

package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kernel in the making: the nodes it may compute, and the kernels it waits for. */
final class Cluster {
  private final int number;
  private final Form form;
  /** What a node must have in common with this kernel's loops to join as a sibling. */
  private final List<Object> loops;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Node> reads = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Cluster> waitsFor = new LinkedHashSet<>();
  private final Map<Integer, Dim> extents = new HashMap<>();

  Cluster(int number, Form form, List<Object> loops) {
    this.number = number;
    this.form = form;
    this.loops = loops;
  }

  int number() {
    return number;
  }

  Form form() {
    return form;
  }

  List<Object> loops() {
    return loops;
  }

  /** The nodes that this kernel may store, operands before users. */
  List<Node> nodes() {
    return nodes;
  }

  /** Values from elsewhere on which the reductions of this kernel depend. */
  Set<Node> reads() {
    return reads;
  }

  Set<Cluster> waitsFor() {
    return waitsFor;
  }

  /** The sizes of its loop axes by number. */
  Map<Integer, Dim> extents() {
    return extents;
  }

  void add(Node node, Set<Cluster> sources) {
    nodes.add(node);
    waitsFor.addAll(sources);
    waitsFor.remove(this);
  }

  /** Whether this kernel could wait for {@code sources}, too, without waiting for itself. */
  boolean mayWaitFor(Set<Cluster> sources) {
    return sources.stream().noneMatch(source -> source != this && source.dependsOn(this));
  }

  /** Whether this kernel waits for {@code other}, if only through others. */
  boolean dependsOn(Cluster other) {
    var seen = new LinkedHashSet<Cluster>();
    var queue = new ArrayDeque<Cluster>(List.of(this));
    while (!queue.isEmpty()) {
      for (Cluster before : queue.remove().waitsFor) {
        if (before == other) {
          return true;
        }
        if (seen.add(before)) {
          queue.add(before);
        }
      }
    }
    return false;
  }
}

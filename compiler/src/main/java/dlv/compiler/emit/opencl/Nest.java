package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results element by element: items count some of their axes, and loops inside an item the others. Whatever rows
 * share (a maximum, a sum) is computed once, in front of the loops that do not touch it. Any kernel can be written so.
 *
 * @param results with the axes that items count; all lists of those axes' sizes are equal
 */
record Nest(Kernel kernel, Layouts layouts, Map<Node, List<Integer>> results) implements Part {
  @Override
  public long items() {
    return sizes(results.keySet().iterator().next()).stream().reduce(1L, (a, b) -> a * b);
  }

  private List<Long> sizes(Node node) {
    return results.get(node).stream().map(axis -> node.dim(axis).value()).toList();
  }

  @Override
  public Dim blocks() {
    return blocks(results.keySet().iterator().next(), layouts);
  }

  /** How often a result's items run: for each vector of examples, for each slab, or once. */
  static Dim blocks(Node node, Layouts layouts) {
    return node.shape().dims().contains(Dim.BATCH) ? Dim.BATCH.floorDiv(layouts.flavour().lanes())
        : layouts.of(node).slabs();
  }

  @Override
  public void write(Code code, Signature signature) {
    var lanes = new Lanes(layouts.flavour().lanes(), false);
    var elements = new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
    for (Node node : results.keySet()) {
      if (layouts.of(node).hasSlabs()) {
        elements.partial(Layouts.summed(kernel, node), block());
      }
    }
    Map<String, List<Node>> groups = new LinkedHashMap<>();
    results.forEach((node, axes) ->
        groups.computeIfAbsent(node.shape() + " " + axes, key -> new ArrayList<>()).add(node));
    groups.values().forEach(group -> write(group, code, signature, elements));
  }

  static Index block() {
    return Index.of(new Variable("block", 0, Index.UNBOUNDED, false));
  }

  /** Results of one shape: all values first, then all stores, since a result may lie where an operand lay. */
  private void write(List<Node> group, Code code, Signature signature, Elements elements) {
    Node first = group.get(0);
    Index[] at = outer(first, elements.lanes());
    var inner = new ArrayList<Integer>();
    for (int axis = 0; axis < at.length; axis++) {
      if (at[axis] == null) {
        inner.add(axis);
      }
    }
    var sizes = inner.stream().map(first::dim).toList();
    new Sweep(code, signature, elements.lanes(), sizes, false, null).each(places -> {
      for (int i = 0; i < inner.size(); i++) {
        at[inner.get(i)] = places.get(i);
      }
      store(group, List.of(at), elements);
    });
  }

  private void store(List<Node> group, List<Index> at, Elements elements) {
    group.stream().filter(node -> node.is(Op.Reducer.VARIANCE)).forEach(node -> elements.element(node, at));
    List<Value> values = group.stream().map(node -> elements.element(node, at)).toList();
    for (int i = 0; i < group.size(); i++) {
      Index slab = layouts.of(group.get(i)).hasSlabs() ? block() : null;
      elements.memory().store(group.get(i), at, values.get(i), slab);
    }
  }

  /** The batch's index and those that the item's number gives; null for the axes of inner loops. */
  private Index[] outer(Node node, Lanes lanes) {
    var at = new Index[node.rank()];
    int batch = node.shape().dims().indexOf(Dim.BATCH);
    if (batch >= 0) {
      at[batch] = block().times(lanes.width()).plus(lanes.lane());
    }
    Index rest = Index.variable("item", 0, items() - 1);
    List<Integer> axes = results.get(node);
    for (int i = axes.size() - 1; i >= 0; i--) {
      long size = node.dim(axes.get(i)).value();
      at[axes.get(i)] = i == 0 ? rest : rest.mod(size);
      rest = rest.over(size);
    }
    return at;
  }

  /** The axes of {@code node} that items count. */
  static List<Integer> itemAxes(Kernel kernel, Node node, Flavour flavour) {
    return new ItemAxes(kernel, node, flavour).axes();
  }
}

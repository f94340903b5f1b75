package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The turns of a summing loop in which no operand reads its padding. A padding counts where its place is a multiple of
 * the loop's variable plus what is known outside the loop, the same for all results.
 */
final class Bounds {
  private final Tile tile;
  private final Variable variable;
  private final Elements elements;
  private final List<Node> paddings = new ArrayList<>();
  private final List<String> lows = new ArrayList<>();
  private final List<String> highs = new ArrayList<>();

  Bounds(Tile tile, Variable variable, Elements elements, List<Integer> known, Map<Integer, Index> summed,
      List<List<Index>> results) {
    this.tile = tile;
    this.variable = variable;
    this.elements = elements;
    look(tile.anchor().operand(0), tile.op().a(), known, summed, results);
    look(tile.anchor().operand(1), tile.op().b(), known, summed, results);
  }

  private void look(Node operand, List<Integer> labels, List<Integer> known, Map<Integer, Index> summed,
      List<List<Index>> results) {
    if (tile.summed().stream().anyMatch(label -> !known.contains(label) && tile.isBatch(label))) {
      return;
    }
    var some = new java.util.HashMap<>(summed);
    for (int label : tile.summed()) {
      if (!known.contains(label)) {
        long last = tile.size(label).isConstant() ? tile.size(label).value() - 1 : Index.UNBOUNDED;
        some.put(label, Index.of(new Variable("?" + label, 0, last, false)));
      }
    }
    List<List<Index>> places = results.stream().map(at -> Summation.place(tile, labels, at, some)).distinct().toList();
    descend(operand, places);
  }

  /** Follows views down to memory, looking at each padding. */
  private void descend(Node node, List<List<Index>> places) {
    if (elements.stored(node) || node.operands().size() != 1) {
      return;
    }
    Node x = node.operand(0);
    if (node.op() instanceof Op.Pad op) {
      pad(node, op, places);
      if (op.interior() == 0 && op.low().isConstant()) {
        Index low = Index.of(op.low().value());
        descend(x, places.stream().map(at -> Views.with(at, op.axis(), at.get(op.axis()).minus(low))).toList());
      }
    } else if (node.op() instanceof Op.Slice op && op.start().isConstant()) {
      descend(x, places.stream().map(at -> Views.with(at, op.axis(),
          at.get(op.axis()).times(op.step()).plus(op.start().value()))).toList());
    } else if (node.op() instanceof Op.Window op) {
      descend(x, places.stream().map(at -> Views.window(op, at)).toList());
    } else if (node.op() instanceof Op.Permute op) {
      descend(x, places.stream().map(at -> Views.permute(op, at)).toList());
    } else if (node.op() instanceof Op.Broadcast op) {
      descend(x, places.stream().map(at -> Views.broadcast(op, at)).toList());
    } else if (node.is(Op.Reshape.class)) {
      descend(x, places.stream().map(at -> Views.reshape(x.shape(), node.shape(), at)).toList());
    } else if (node.is(Op.Map.class)) {
      descend(x, places);
    }
  }

  private void pad(Node node, Op.Pad op, List<List<Index>> places) {
    if (!op.low().isConstant()) {
      return;
    }
    var distinct = places.stream().map(at -> at.get(op.axis())).distinct().toList();
    if (distinct.size() != 1 || op.interior() != 0 || elements.haloed(node) || elements.inside(node)) {
      return;
    }
    Index place = distinct.get(0).minus(Index.of(op.low().value()));
    long factor = place.factor(variable);
    if (factor == 0 || factor == Long.MIN_VALUE || !node.operand(0).dim(op.axis()).isConstant()) {
      return;
    }
    long step = Math.abs(factor);
    Index rest = place.minus(Index.of(variable).times(factor));
    boolean known = rest.variables().stream().noneMatch(v -> v.name().startsWith("?") || v.lanes()
        || step > 1 && v.high() == Index.UNBOUNDED);
    if (!known || place.divisions().stream().anyMatch(a -> a.text().contains("?"))) {
      return;
    }
    long n = node.operand(0).dim(op.axis()).value();
    Index least = factor > 0 ? rest.times(-1) : rest.plus(1 - n);
    Index most = factor > 0 ? rest.times(-1).plus(n - 1) : rest;
    Index low = least.plus(step - 1).over(step);
    Index high = most.over(step).plus(1);
    if (low.high() > 0) {
      lows.add(low.toString());
    }
    if (high.low() <= variable.high()) {
      highs.add(high.toString());
    }
    paddings.add(node);
  }

  /** Whether every turn counts. */
  boolean free() {
    return lows.isEmpty() && highs.isEmpty();
  }

  /** The paddings that no turn of the narrowed loop touches. */
  List<Node> paddings() {
    return paddings;
  }

  String first() {
    String first = "0";
    for (String low : lows) {
      first = "max(" + first + ", " + low + ")";
    }
    return first;
  }

  String end(String size) {
    String end = size;
    for (String high : highs) {
      end = "min(" + end + ", " + high + ")";
    }
    return end;
  }
}

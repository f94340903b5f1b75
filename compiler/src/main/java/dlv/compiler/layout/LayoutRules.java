package dlv.compiler.layout;

import dlv.compiler.fuse.Alias;
import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Placement;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.fuse.Steps;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of layout. What the host sees (leaves, outputs, states) is plain, and {@link Packing} copies it. Other values that vary by example ride
 * in the lanes where the flavour has lanes. Padding that windows read lies in memory where it is small. A small sum
 * over the batch, whose readers take each element once or so, stays in slabs of 16 rows, the sum of a long vector in
 * slabs of stretches.
 */
final class LayoutRules {
  /** A sum of at most this many elements is split over the batch, so that there is work for all cores. */
  private static final long SMALL_SUM = 16384;
  /** A product is split only where it sums at least so many elements of each example. */
  private static final long LONG_SUM = 16;
  /** Items that a long vector's sum is shared out to. */
  private static final long STRETCHES = 32;

  private final Schedule schedule;
  private final Flavour flavour;
  private final Map<Node, Storage> storages = new IdentityHashMap<>();
  private final Map<Node, List<Kernel>> readers = new IdentityHashMap<>();
  private final Set<Node> visible = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /** @param given how values lie that are decided elsewhere: what a loop's step reads and writes outside */
  LayoutRules(Schedule schedule, Flavour flavour, Map<Node, Storage> given) {
    this.schedule = schedule;
    this.flavour = flavour;
    storages.putAll(given);
    visible.addAll(schedule.graph().roots());
    for (Kernel kernel : schedule.kernels()) {
      kernel.operands().forEach(node -> readers.computeIfAbsent(node, n -> new ArrayList<>()).add(kernel));
    }
  }

  Layouts layouts() {
    for (Kernel kernel : schedule.kernels()) {
      kernel.results().forEach(node -> storages.computeIfAbsent(node, this::produced));
      for (Node result : kernel.results()) {
        if (Layouts.isLong(result) && kernel.form() == Form.ROW_REDUCE && readOnce(result)) {
          storages.compute(result, (n, storage) -> storage.withSlabs(Dim.of(STRETCHES)));
        } else if (splits(kernel, result)) {
          storages.compute(result, (n, storage) -> storage.withSlabs(Dim.BATCH.floorDiv(Flavour.SLAB_ROWS)));
        }
      }
    }
    for (Kernel kernel : schedule.kernels()) {
      kernel.operands().forEach(node -> storages.computeIfAbsent(node, this::produced));
    }
    schedule.placements().values().forEach(placement -> {
      storages.computeIfAbsent(placement.whole(), this::produced);
    });
    segments();
    if (flavour.lanes() > 1) {
      Panels.in(schedule, visible).forEach((node, panels) -> storages.computeIfPresent(node, (n, storage) ->
          storage.equals(Storage.plain(n.element(), n.shape())) ? panels : storage));
    }
    new Halos(schedule, visible).margins().forEach((node, margins) ->
        storages.compute(node, (n, storage) -> storage.withMargins(margins)));
    return withLoops();
  }

  /** What these rules say, and what they say of the steps of each loop. */
  private Layouts withLoops() {
    var placements = new IdentityHashMap<>(schedule.placements());
    var aliases = new IdentityHashMap<Node, Alias>();
    Set<Node> displaced = displaced();
    for (Kernel kernel : schedule.kernels()) {
      if (kernel.form() == Form.LOOP) {
        Steps steps = schedule.loops().get(kernel.name());
        Steps.carried(kernel).forEach((start, history) -> {
          aliases.put(start, Alias.start(history));
          storages.put(start, storages.get(history).row());
        });
        var given = new IdentityHashMap<Node, Storage>();
        steps.aliases().forEach((node, alias) ->
            given.put(node, alias.row() ? storages.get(alias.of()).row() : storages.get(alias.of())));
        Layouts inside = new LayoutRules(steps.schedule(), flavour, given).layouts();
        storages.putAll(inside.storages());
        placements.putAll(inside.placements());
        aliases.putAll(steps.aliases());
        aliases.putAll(inside.aliases());
        displaced.addAll(inside.displaced());
      }
    }
    return new Layouts(schedule, flavour, storages, placements, aliases, displaced);
  }

  private Set<Node> displaced() {
    Set<Node> displaced = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    readers.keySet().stream().filter(node -> node.op() instanceof Op.State state && isSingle(state))
        .forEach(displaced::add);
    schedule.graph().updates().stream().filter(update -> isSingle(update.state()))
        .forEach(update -> displaced.add(update.next()));
    return displaced;
  }

  /** Whether a state is one of several in an arena, and no arena. */
  private static boolean isSingle(Op.State state) {
    return state.role() == Role.STATISTIC || state.role() == Role.CARRY || state.role() == Role.COUNTER;
  }

  private boolean isLeaf(Node node) {
    return node.is(Op.Input.class) || node.is(Op.State.class) || node.is(Op.Constant.class);
  }

  private Storage produced(Node node) {
    int batch = node.shape().dims().indexOf(Dim.BATCH);
    boolean plain = flavour.lanes() == 1 || batch < 0 || isLeaf(node) || visible.contains(node);
    return plain ? Storage.plain(node.element(), node.shape())
        : Storage.inLanes(node.element(), node.shape(), batch, flavour.lanes());
  }

  /** Whether a result is the sum of partial sums over slabs of the batch. */
  private boolean splits(Kernel kernel, Node result) {
    Node sum = Layouts.summed(kernel, result);
    if (sum == null || !result.shape().isConstant() || result.shape().elements().value() > SMALL_SUM
        || !readOnce(result) || comesWithVariance(kernel, sum)) {
      return false;
    }
    return kernel.form() == Form.ROW_REDUCE || kernel.form() == Form.CONTRACTION && perExample(sum) >= LONG_SUM;
  }

  /** Whether the kernel combines all blocks of the same elements anyway. */
  private boolean comesWithVariance(Kernel kernel, Node sum) {
    return flavour.lanes() > 1 && sum.op() instanceof Op.Reduce op && kernel.body().stream().anyMatch(node ->
        node.is(Op.Reducer.VARIANCE) && node.operand(0) == sum.operand(0)
            && ((Op.Reduce) node.op()).axes().equals(op.axes()));
  }

  private static long perExample(Node sum) {
    Dim product = Dim.ONE;
    if (sum.op() instanceof Op.Reduce op) {
      for (int axis : op.axes()) {
        Dim size = sum.operand(0).dim(axis);
        product = size.equals(Dim.BATCH) ? product : product.times(size);
      }
    } else if (sum.op() instanceof Op.Contract op) {
      for (int label : op.a()) {
        Dim size = sum.operand(0).dim(op.a().indexOf(label));
        product = op.out().contains(label) || size.equals(Dim.BATCH) ? product : product.times(size);
      }
    }
    return product.isConstant() ? product.value() : LONG_SUM;
  }

  /** Whether no product, gather or scattered sum reads it, and nobody outside. */
  private boolean readOnce(Node result) {
    Placement placement = schedule.placements().get(result);
    Node read = placement == null ? result : placement.whole();
    if (visible.contains(result) || visible.contains(read) || placement != null && read.rank() != 1
        || placement != null && readers.containsKey(result)) {
      return false;
    }
    return readers.getOrDefault(read, List.of()).stream()
        .noneMatch(kernel -> kernel.form() == Form.CONTRACTION || kernel.form() == Form.INDEXED
            || kernel.form() == Form.LOOP);
  }

  /** Vectors whose parts differ in slabs are cut where that changes. */
  private void segments() {
    Map<Node, List<Node>> parts = new IdentityHashMap<>();
    schedule.placements().forEach((part, placement) ->
        parts.computeIfAbsent(placement.whole(), n -> new ArrayList<>()).add(part));
    parts.forEach((whole, list) -> {
      if (list.stream().anyMatch(part -> storages.get(part).hasSlabs())) {
        list.sort(Comparator.comparingLong(part -> schedule.placements().get(part).offset().value()));
        storages.compute(whole, (n, storage) -> storage.withSegments(segments(list)));
      }
    });
  }

  private List<Segment> segments(List<Node> parts) {
    var segments = new ArrayList<Segment>();
    Dim offset = Dim.ZERO;
    for (Node part : parts) {
      long start = schedule.placements().get(part).offset().value();
      long size = part.dim(0).value();
      Dim slabs = storages.get(part).slabs();
      Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
      if (last != null && last.slabs().equals(slabs)) {
        segments.remove(last);
        offset = last.offset();
        start = last.start();
        size += last.size();
      }
      segments.add(new Segment(start, size, slabs, offset));
      offset = offset.plus(slabs.times(size));
    }
    return segments;
  }

}

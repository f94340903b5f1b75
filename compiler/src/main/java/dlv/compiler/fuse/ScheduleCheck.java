package dlv.compiler.fuse;

import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Holds a schedule against what its readers rely on; a {@link CompilerBug} says what does not hold. */
final class ScheduleCheck {
  private final Schedule schedule;
  private final Set<Node> stored = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> anchored = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> overwritten = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private ScheduleCheck(Schedule schedule) {
    this.schedule = schedule;
  }

  /** {@code schedule}, if all is well. */
  static Schedule checked(Schedule schedule) {
    var check = new ScheduleCheck(schedule);
    schedule.kernels().forEach(check::kernel);
    for (Graph.Output output : schedule.graph().outputs()) {
      check.require(check.isReadable(output.node()), "the output " + output.name() + " is not stored", output.node());
    }
    for (Graph.Update update : schedule.graph().updates()) {
      check.require(check.stored.contains(update.next()), update.state().path() + " is not stored", update.next());
    }
    return schedule;
  }

  private void kernel(Kernel kernel) {
    require(names.add(kernel.name()), kernel.name() + " is there twice", kernel.results().get(0));
    for (Node operand : kernel.operands()) {
      require(isReadable(operand), kernel.name() + " reads what is not stored", operand);
      boolean old = operand.op() instanceof Op.State state && overwritten.contains(state.path());
      require(!old, kernel.name() + " reads a state that has its next value already", operand);
    }
    Set<Node> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(kernel.operands());
    for (Node node : kernel.body()) {
      require(known.containsAll(node.operands()), kernel.name() + " lacks an operand", node);
      require(known.add(node), kernel.name() + " computes twice", node);
      boolean complete = Kind.of(node) == Kind.VIEW || node.operands().stream().noneMatch(o -> isPartial(o, kernel));
      require(complete, kernel.name() + " reads partial sums of its own", node);
    }
    kernel.anchors().forEach(node -> require(anchored.add(node), "two kernels compute", node));
    for (Node result : kernel.results()) {
      require(known.contains(result) && stored.add(result), kernel.name() + " cannot store", result);
      boolean alike = kernel.form() != Form.POINTWISE || result.shape().equals(kernel.results().get(0).shape());
      require(alike, kernel.name() + " has results of several shapes", result);
    }
    schedule.graph().updates().stream().filter(update -> kernel.results().contains(update.next()))
        .forEach(update -> overwritten.add(update.state().path()));
  }

  private static boolean isPartial(Node node, Kernel kernel) {
    return Kind.of(node) == Kind.VIEW && !kernel.operands().contains(node) ? isPartial(node.operand(0), kernel)
        : Sums.isPartial(node) && kernel.anchors().contains(node);
  }

  private boolean isReadable(Node node) {
    boolean placed = node.is(Op.Concat.class) && stored.containsAll(node.operands());
    return Kind.of(node) == Kind.LEAF || stored.contains(node) || placed;
  }

  private void require(boolean holds, String problem, Node node) {
    if (!holds) {
      throw new CompilerBug("schedule of " + schedule.graph().name() + ": " + problem + ": " + node, node.origin());
    }
  }
}

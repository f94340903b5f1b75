package dlv.compiler.memory;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Storage;

/** One thing a unit can do: its kernels in order, and how their values lie. */
public record Entry(Layouts layouts) {
  public Schedule schedule() {
    return layouts.schedule();
  }

  public String name() {
    return schedule().graph().name();
  }

  /** The value in whose buffer {@code node} lies: the {@code Concat} it is a part of, or itself. */
  Node owner(Node node) {
    return layouts.owner(node);
  }

  /**
   * Whether {@code kernel} may store {@code result} over {@code operand}: every work-item reads it only at the element
   * that it then writes.
   */
  boolean replaces(Kernel kernel, Node result, Node operand) {
    return kernel.isElementwise(operand) && owner(result) == result && owner(operand) == operand
        && alike(layouts.of(result), layouts.of(operand));
  }

  private static boolean alike(Storage a, Storage b) {
    return a.shape().equals(b.shape()) && a.element().bytes() == b.element().bytes() && a.laneAxis() == b.laneAxis()
        && a.lanes() == b.lanes() && a.panelAxis() == b.panelAxis() && a.panel() == b.panel() && a.margins().equals(b.margins()) && !a.hasSlabs() && !b.hasSlabs();
  }
}

package dlv.compiler.memory;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From which kernel to which each stored value of an entry is needed. */
final class Lives {
  private final Entry entry;
  private final Map<Node, int[]> spans = new IdentityHashMap<>();
  private final List<Node> order = new ArrayList<>();

  private Lives(Entry entry) {
    this.entry = entry;
  }

  /** What kernels store, and leaves they read, as tenants in the order of their first use. */
  static List<Tenant> of(Entry entry) {
    var lives = new Lives(entry);
    List<Kernel> kernels = entry.schedule().kernels();
    for (int i = 0; i < kernels.size(); i++) {
      lives.run(kernels.get(i), entry.schedule(), i);
    }
    for (Graph.Output output : entry.schedule().graph().outputs()) {
      lives.touch(output.node(), Tenant.END, false);
    }
    return lives.order.stream().map(lives::tenant).toList();
  }

  /** What the steps of a loop keep for each other is needed as long as the loop runs. */
  private void run(Kernel kernel, Schedule schedule, int number) {
    kernel.operands().forEach(operand -> touch(operand, number, false));
    kernel.results().forEach(result -> touch(result, number, true));
    if (kernel.form() == Form.LOOP) {
      Schedule steps = schedule.loops().get(kernel.name()).schedule();
      steps.kernels().forEach(inner -> run(inner, steps, number));
    }
  }

  private void touch(Node node, int kernel, boolean writes) {
    Node owner = entry.owner(node);
    int[] span = spans.get(owner);
    if (span == null) {
      spans.put(owner, new int[] {writes ? kernel : -1, kernel});
      order.add(owner);
    } else {
      span[1] = Math.max(span[1], kernel);
    }
  }

  private Tenant tenant(Node owner) {
    int[] span = spans.get(owner);
    return new Tenant(entry.name(), owner, entry.layouts().of(owner).bytes(), span[0], span[1]);
  }

  /** Bytes where every name is {@value #USUAL}, by which buffers are compared. */
  static long usualBytes(Tenant tenant) {
    var values = new LinkedHashMap<String, Dim>();
    tenant.bytes().names().forEach(name -> values.put(name, Dim.of(USUAL)));
    return tenant.bytes().substitute(values).value();
  }

  private static final long USUAL = 128;
}

package dlv.compiler.memory;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Interpretation;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry run in float64 over its planned buffers: what a kernel reads is what the buffer holds at that time, so a
 * value that was overwritten too early shows.
 */
public final class Rehearsal {
  /** What a buffer holds: a value, or the parts of one that kernels store into place. */
  private record Content(Node owner, Map<Node, Array> parts) {}

  private final Plan plan;
  private final Entry entry;
  private final Schedule sized;
  private final Bindings bindings;
  private final Map<Location, Content> memory = new HashMap<>();

  private Rehearsal(Plan plan, Entry entry, Bindings bindings) {
    this.plan = plan;
    this.entry = entry;
    this.sized = entry.schedule().substitute(bindings.dims());
    this.bindings = bindings;
  }

  /** What the graph's interpretation says, unless the plan is wrong; {@link IllegalStateException} where it shows. */
  public static Interpreter.Results evaluate(Plan plan, Entry entry, Bindings bindings) {
    return new Rehearsal(plan, entry, bindings).results();
  }

  private Interpreter.Results results() {
    for (int i = 0; i < sized.kernels().size(); i++) {
      run(entry.schedule().kernels().get(i), sized.kernels().get(i));
    }
    var outputs = new LinkedHashMap<String, Array>();
    for (int i = 0; i < sized.graph().outputs().size(); i++) {
      Graph.Output output = entry.schedule().graph().outputs().get(i);
      outputs.put(output.name(), read(output.node(), sized.graph().outputs().get(i).node()));
    }
    var states = new LinkedHashMap<String, Array>();
    for (int i = 0; i < sized.graph().updates().size(); i++) {
      Graph.Update update = entry.schedule().graph().updates().get(i);
      states.put(update.state().path(), read(update.next(), sized.graph().updates().get(i).next()));
    }
    return new Interpreter.Results(outputs, states);
  }

  private void run(Kernel kernel, Kernel numbers) {
    Map<Node, Array> values = new IdentityHashMap<>();
    for (int i = 0; i < kernel.operands().size(); i++) {
      values.put(numbers.operands().get(i), read(kernel.operands().get(i), numbers.operands().get(i)));
    }
    if (kernel.form() == Form.LOOP) {
      overwrite(entry.schedule().loops().get(kernel.name()).schedule());
    }
    Interpretation.run(numbers, sized, bindings, values);
    for (int i = 0; i < kernel.results().size(); i++) {
      write(kernel.results().get(i), values.get(numbers.results().get(i)));
    }
  }

  /** What a loop's steps keep for each other takes the place of what lay there. */
  private void overwrite(Schedule steps) {
    for (Kernel kernel : steps.kernels()) {
      for (Node result : kernel.results()) {
        memory.computeIfPresent(plan.at(entry, result), (at, content) -> content.owner() == entry.owner(result) ? content
            : new Content(entry.owner(result), new IdentityHashMap<>()));
      }
      if (kernel.form() == Form.LOOP) {
        overwrite(steps.loops().get(kernel.name()).schedule());
      }
    }
  }

  private void write(Node node, Array value) {
    Location at = plan.at(entry, node);
    Node owner = entry.owner(node);
    Content content = memory.get(at);
    if (content == null || content.owner() != owner) {
      content = new Content(owner, new IdentityHashMap<>());
      memory.put(at, content);
    }
    content.parts().put(node, value);
  }

  private Array read(Node node, Node number) {
    Content content = memory.get(plan.at(entry, node));
    boolean leaf = node.operands().isEmpty();
    if (content == null && leaf) {
      return Interpreter.evaluate(number, List.of(), bindings);
    }
    if (content == null || content.owner() != entry.owner(node)) {
      throw new IllegalStateException("overwritten before it is read: " + node);
    }
    if (!node.is(Op.Concat.class) || content.parts().containsKey(node)) {
      return content.parts().get(node);
    }
    var parts = new ArrayList<Array>();
    for (Node part : node.operands()) {
      if (!content.parts().containsKey(part)) {
        throw new IllegalStateException("read before all of it is stored: " + node);
      }
      parts.add(content.parts().get(part));
    }
    return Interpreter.evaluate(number, parts, bindings);
  }
}

package dlv.tests.samples;

import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Element;
import java.util.List;

/**
 * A small graph with values for all that it reads. Every result is an output. {@code smooth} names the float inputs
 * near whose values the outputs have derivatives: finite differences of 1e-4 cross no kink.
 */
public record Sample(String name, Graph graph, Bindings bindings, List<String> smooth) {
  /** The first output. */
  public Node output() {
    return graph.outputs().get(0).node();
  }

  /** The node of an input, by name. */
  public Node input(String wanted) {
    return graph.nodes().stream().filter(n -> n.op() instanceof Op.Input input && input.name().equals(wanted))
        .findFirst().orElseThrow();
  }

  /** Whether it makes sense to ask for derivatives of the first output. */
  public boolean isReal() {
    return output().element() == Element.FLOAT;
  }

  @Override
  public String toString() {
    return name;
  }
}

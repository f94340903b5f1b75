package dlv.compiler.pass;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Verifier;
import java.util.function.UnaryOperator;

/** A step from graph to graph, and the form that a graph has after it. */
public record Pass(String name, String description, Verifier.Form form, UnaryOperator<Graph> function) {
  /** This step done and verified. */
  public Graph run(Graph graph) {
    Graph result = function.apply(graph);
    Verifier.check(result, form, name);
    return result;
  }
}

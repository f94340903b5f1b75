package dlv.compiler.pass;

import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Verifier.Form;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.simplify.Simplify;
import java.util.List;
import java.util.function.BiConsumer;

/** The steps between lowering and fusion, in order. */
public final class Passes {
  /**
   * Equal expressions become one value before derivatives are taken, so that a derivative sees every use of what it
   * differentiates by; algebra waits until afterwards, so that no rule leads around it.
   */
  public static final List<Pass> ALL = List.of(
      new Pass("share", "equal expressions become one value", Form.LOWERED, Sharing::in),
      new Pass("differentiate", "derivatives become nodes, innermost first", Form.DIFFERENTIATED, Differentiate::in),
      new Pass("simplify", "constants, algebra, views, products, folds, sharing", Form.DIFFERENTIATED, Simplify::in));

  private Passes() {}

  /** A lowered graph, ready for fusion. */
  public static Graph run(Graph graph) {
    return run(graph, (pass, result) -> { });
  }

  /** The same, showing {@code watcher} the graph after each step. */
  public static Graph run(Graph graph, BiConsumer<Pass, Graph> watcher) {
    for (Pass pass : ALL) {
      graph = pass.run(graph);
      watcher.accept(pass, graph);
    }
    return graph;
  }
}

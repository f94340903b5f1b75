package dlv.compiler.pass;

import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Verifier.Form;
import dlv.compiler.simplify.Hoist;
import dlv.compiler.simplify.Lookup;
import dlv.compiler.simplify.Merge;
import dlv.compiler.simplify.Narrow;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.simplify.Simplify;
import dlv.compiler.simplify.Sink;
import dlv.compiler.simplify.Spread;
import dlv.compiler.simplify.Trim;
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
      new Pass("spread", "steps that pass nothing on are taken together", Form.LOWERED, Spread::in),
      new Pass("merge", "products of a step that share an operand become one", Form.LOWERED, Merge::in),
      new Pass("hoist", "what a step computes without the state leaves its loop", Form.LOWERED, Hoist::in),
      new Pass("look-up", "products of a table's rows are rows of its product", Form.LOWERED, Lookup::in),
      new Pass("differentiate", "derivatives become nodes, innermost first", Form.DIFFERENTIATED, Differentiate::in),
      new Pass("sink", "what the next step does not need leaves its loop", Form.DIFFERENTIATED, Sink::in),
      new Pass("narrow", "products read bfloat16 where the file says so", Form.DIFFERENTIATED, Narrow::in),
      new Pass("simplify", "constants, algebra, views, products, folds, sharing, dead carries", Form.DIFFERENTIATED,
          graph -> Trim.in(Simplify.in(Trim.in(Hoist.in(Simplify.in(graph)))))));

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

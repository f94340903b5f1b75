package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel of form LOOP repeats: the kernels of a step, and where what they read and write lies outside. Carries are
 * read from one row of their history and written to the next.
 *
 * @param length how many steps
 * @param schedule the kernels of a step
 * @param aliases parameters and results of a step
 * @param ended the last two values of the carry that lets the loop end early; empty where it takes all steps
 */
public record Steps(Dim length, Schedule schedule, Map<Node, Alias> aliases, Optional<Node> ended) {
  public Steps {
    aliases = Collections.unmodifiableMap(new IdentityHashMap<>(aliases));
  }

  /** The steps of a loop whose results {@code kernel} stores. */
  static Steps of(Kernel kernel) {
    return new Opening(kernel).steps();
  }

  /** The carries' histories, or last two values, among the results of a loop, by what lies in their row 0. */
  public static Map<Node, Node> carried(Kernel kernel) {
    var carried = new IdentityHashMap<Node, Node>();
    for (Node result : kernel.results()) {
      Op.Scan scan = (Op.Scan) result.op();
      if (scan.result() != Op.Result.OUTPUT) {
        carried.put(result.operand(scan.loop().carries().indexOf(scan.of())), result);
      }
    }
    return carried;
  }

  /** Finds out, operand by operand, where parameters lie. */
  private static final class Opening {
    private final Kernel kernel;
    private final Loop loop;
    private final List<Node> operands;
    private final Map<Node, Alias> aliases = new IdentityHashMap<>();
    private final Map<Node, Node> inside = new IdentityHashMap<>();

    Opening(Kernel kernel) {
      this.kernel = kernel;
      Loop.Run run = Loop.Run.of(kernel.results().get(0));
      this.loop = run.loop();
      this.operands = run.operands();
    }

    Steps steps() {
      var stands = new IdentityHashMap<Node, Node>();
      for (int i = 0; i < operands.size(); i++) {
        Node parameter = loop.parameters().get(i);
        if (loop.isSequence(i)) {
          aliases.put(parameter, element(operands.get(i)));
        } else if (i >= loop.next().size()) {
          stands.put(parameter, inside(operands.get(i)));
        }
      }
      Map<Node, Node> carried = carried(kernel);
      var outputs = new ArrayList<Graph.Output>();
      var places = new ArrayList<Alias>();
      for (int i = 0; i < loop.next().size(); i++) {
        Node history = carried.get(operands.get(i));
        long cycle = ((Op.Scan) history.op()).result() == Op.Result.TURNS ? 2 : 0;
        aliases.put(loop.parameters().get(i), Alias.row(history, Dim.ZERO, 1, cycle));
        places.add(Alias.row(history, Dim.ONE, 1, cycle));
        outputs.add(new Graph.Output("next" + i, loop.next().get(i)));
      }
      for (Node result : kernel.results()) {
        Op.Scan scan = (Op.Scan) result.op();
        if (scan.result() == Op.Result.OUTPUT) {
          places.add(inOrder(result, Dim.ZERO, 1));
          outputs.add(new Graph.Output("output" + outputs.size(), scan.of()));
        }
      }
      List<Node> roots = Graph.replaced(outputs.stream().map(Graph.Output::node).toList(), stands);
      var named = new ArrayList<Graph.Output>();
      outputs.forEach(o -> named.add(new Graph.Output(o.name(), roots.get(named.size()))));
      Schedule schedule = Fuse.in(new Graph("step", named, List.of()));
      for (int i = 0; i < places.size(); i++) {
        aliases.put(schedule.graph().outputs().get(i).node(), places.get(i));
      }
      return new Steps(loop.length(), schedule, aliases, ended(carried));
    }

    /** Only what lies in two rows is where it belongs after any even number of steps more or less. */
    private Optional<Node> ended(Map<Node, Node> carried) {
      boolean turns = kernel.results().stream().allMatch(result ->
          ((Op.Scan) result.op()).result() == Op.Result.TURNS);
      return turns && loop.ended() != Loop.NEVER ? Optional.of(carried.get(operands.get(loop.ended()))) : Optional.empty();
    }

    /** This step's element of a sequence, seen through slices of the time axis. */
    private Alias element(Node sequence) {
      Node base = sequence;
      Dim first = Dim.ZERO;
      long by = 1;
      while (!kernel.operands().contains(base)) {
        Op.Slice slice = (Op.Slice) base.op();
        first = slice.start().plus(first.times(slice.step()));
        by *= slice.step();
        base = base.operand(0);
      }
      return inOrder(base, first, by);
    }

    /** Element {@code t} of a sequence is row {@code first + by · t}; a reversed loop begins with the last. */
    private Alias inOrder(Node base, Dim first, long by) {
      return loop.reversed() ? Alias.row(base, first.plus(loop.length().minus(1).times(by)), -by, 0)
          : Alias.row(base, first, by, 0);
    }

    /** What is the same in every step, its views computed within. */
    private Node inside(Node operand) {
      Node known = inside.get(operand);
      if (known == null) {
        if (kernel.operands().contains(operand)) {
          int number = loop.parameters().size() + inside.size();
          known = Node.of(new Op.Parameter(number, operand.element(), operand.shape()), List.of(), operand.origin());
          aliases.put(known, Alias.all(operand));
        } else {
          known = operand.withOperands(operand.operands().stream().map(this::inside).toList());
        }
        inside.put(operand, known);
      }
      return known;
    }
  }
}

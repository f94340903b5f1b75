package dlv.compiler.autodiff;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the operands of a loop receive: a loop that walks the other way. Its carries are the adjoints of the carries, its
 * sequences the adjoints of what the loop tells and the values of the loop that these need; the adjoint of what is the
 * same in every step is the sum over the steps.
 */
final class LoopAdjoint {
  private final Loop loop;
  private final List<Node> operands;
  private final Build build;
  private final Saved saved;
  /** Adjoints of finals, histories and outputs by the node they tell of. */
  private final Map<Op.Result, Map<Node, Node>> given = new LinkedHashMap<>();
  /** What stands for values of a step of the loop backwards: of sequences by their node, of carries by the carry. */
  private final Map<Node, Node> elements = new LinkedHashMap<>();
  private final Map<Node, Node> carried = new LinkedHashMap<>();

  /** @param results results of one run, some of which have {@code adjoints} */
  LoopAdjoint(List<Node> results, Map<Node, Node> adjoints) {
    Node first = results.get(0);
    this.loop = Loop.Run.of(first).loop();
    this.operands = first.operands();
    this.build = new Build(first.origin());
    this.saved = new Saved(loop, operands, build,
        results.stream().map(result -> ((Op.Scan) result.op()).of()).toList(), this::element);
    for (Op.Result kind : Op.Result.values()) {
      given.put(kind, new LinkedHashMap<>());
    }
    for (Node result : results) {
      if (adjoints.containsKey(result)) {
        Op.Scan scan = (Op.Scan) result.op();
        given.get(scan.result()).merge(scan.of(), adjoints.get(result), build::add);
      }
    }
  }

  /** This step's element of a sequence. */
  private Node element(Node sequence) {
    return elements.computeIfAbsent(sequence, s -> placeholder(s, s.shape().range(1, s.rank())));
  }

  private Node placeholder(Node like, Shape shape) {
    return build.node(new Op.Parameter(-1, like.element(), shape));
  }

  /** The adjoints of the {@code wanted} operands, as far as any reaches them. */
  Map<Integer, Node> operands(List<Integer> wanted) {
    Set<Node> targets = active(wanted);
    Map<Node, Node> adjoints = settled(targets);
    List<Node> carries = List.copyOf(carried.keySet());
    var roots = new ArrayList<Node>();
    carries.forEach(carry -> roots.add(before(carry, adjoints.get(carry))));
    List<Integer> others = wanted.stream().filter(i -> i >= loop.next().size())
        .filter(i -> adjoints.containsKey(loop.parameters().get(i))).toList();
    others.forEach(i -> roots.add(saved.in(adjoints.get(loop.parameters().get(i)))));
    List<Node> sequences = List.copyOf(elements.keySet());
    var scanned = build.scan(loop.length(), !loop.reversed(), carries.stream().map(this::atEnd).toList(), sequences,
        (now, row) -> {
          var stands = new IdentityHashMap<Node, Node>();
          carries.forEach(carry -> stands.put(carried.get(carry), now.get(carries.indexOf(carry))));
          sequences.forEach(sequence -> stands.put(elements.get(sequence), row.get(sequences.indexOf(sequence))));
          List<Node> step = Graph.replaced(roots, stands);
          return new Build.Step(step.subList(0, carries.size()), step.subList(carries.size(), step.size()));
        });
    var found = new LinkedHashMap<Integer, Node>();
    for (int i : wanted) {
      if (carries.contains(loop.parameters().get(i))) {
        found.put(i, scanned.finals().get(carries.indexOf(loop.parameters().get(i))));
      }
    }
    for (int k = 0; k < others.size(); k++) {
      Node output = scanned.outputs().get(k);
      found.put(others.get(k), loop.isSequence(others.get(k)) ? output : build.sum(output, List.of(0)));
    }
    return found;
  }

  /** The parameters that depend on wanted operands, carries through other carries too. */
  private Set<Node> active(List<Integer> wanted) {
    Set<Node> active = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.forEach(i -> active.add(loop.parameters().get(i)));
    List<Node> body = loop.nodes(List.of());
    int before;
    do {
      before = active.size();
      Set<Node> depends = Collections.newSetFromMap(new IdentityHashMap<>());
      depends.addAll(active);
      body.stream().filter(node -> node.operands().stream().anyMatch(depends::contains)).forEach(depends::add);
      for (Node carry : loop.carries()) {
        if (carry.element() == Element.FLOAT && depends.contains(after(carry))) {
          active.add(carry);
        }
      }
    } while (active.size() > before);
    return active;
  }

  private Node after(Node carry) {
    return loop.next().get(loop.carries().indexOf(carry));
  }

  /** The adjoints within a step, once it is known which carries have any. */
  private Map<Node, Node> settled(Set<Node> targets) {
    loop.carries().stream().filter(targets::contains).filter(carry -> given.get(Op.Result.FINAL).containsKey(carry)
        || given.get(Op.Result.HISTORY).containsKey(carry)).forEach(this::carry);
    while (true) {
      var seeds = new LinkedHashMap<Node, Node>();
      carried.forEach((carry, adjoint) -> seeds.merge(after(carry), adjoint, build::add));
      given.get(Op.Result.OUTPUT).forEach((node, g) -> seeds.merge(node, element(g), build::add));
      Map<Node, Node> adjoints = Sweep.of(seeds, targets);
      List<Node> more = loop.carries().stream()
          .filter(carry -> adjoints.containsKey(carry) && targets.contains(carry) && !carried.containsKey(carry)).toList();
      if (more.isEmpty()) {
        return adjoints;
      }
      more.forEach(this::carry);
    }
  }

  private void carry(Node carry) {
    carried.put(carry, placeholder(carry, carry.shape()));
  }

  /** The adjoint of a carry before a step: what the step gives it, and what its history does. */
  private Node before(Node carry, Node adjoint) {
    Node step = adjoint == null ? build.constant(0, carry.shape()) : saved.in(adjoint);
    Node history = given.get(Op.Result.HISTORY).get(carry);
    return history == null ? step : build.add(step, element(saved.before(history)));
  }

  /** The adjoint of a carry after the last step. */
  private Node atEnd(Node carry) {
    Node last = given.get(Op.Result.FINAL).get(carry);
    Node history = given.get(Op.Result.HISTORY).get(carry);
    Node row = history == null ? null
        : build.reshape(build.slice(history, 0, loop.length(), Dim.ONE, 1), carry.shape());
    return row == null ? last == null ? build.constant(0, carry.shape()) : last : last == null ? row
        : build.add(last, row);
  }
}

package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Op.Scan} repeats: a body that reads nothing but its parameters and literals, and the next value of each
 * carry. Parameter i stands for operand i of the scan: first the carries, then one element of each sequence, then what is
 * the same in every step. Two loops are the same only if they are the same object.
 */
public final class Loop {
  /** A loop that takes all its steps. */
  public static final int NEVER = -1;

  /** What one walk of a loop is known by: {@link Op.Scan} nodes of equal runs are computed together. */
  public record Run(Loop loop, List<Node> operands) {
    /** The run whose result {@code scan} is. */
    public static Run of(Node scan) {
      return new Run(((Op.Scan) scan.op()).loop(), scan.operands());
    }
  }

  private final Dim length;
  private final boolean reversed;
  private final List<Node> parameters;
  private final int sequences;
  private final List<Node> next;
  private final int ended;

  /**
   * A loop with as many carries as {@code next} has nodes, and {@code sequences} sequences; {@code reversed} walks from
   * the end of the sequences to their start.
   */
  public Loop(Dim length, boolean reversed, List<Node> parameters, int sequences, List<Node> next) {
    this(length, reversed, parameters, sequences, next, NEVER);
  }

  /**
   * The same, which may end early.
   *
   * @param ended the number of the carry that says, when it is true of every example, that no further step changes what
   *     the loop tells; {@link #NEVER} where there is none
   */
  public Loop(Dim length, boolean reversed, List<Node> parameters, int sequences, List<Node> next, int ended) {
    this.length = length;
    this.reversed = reversed;
    this.parameters = List.copyOf(parameters);
    this.sequences = sequences;
    this.next = List.copyOf(next);
    this.ended = ended;
    for (int i = 0; i < next.size(); i++) {
      Node carry = parameters.get(i);
      if (next.get(i).element() != carry.element() || !next.get(i).shape().equals(carry.shape())) {
        throw new IllegalArgumentException(carry + " cannot become " + next.get(i));
      }
    }
  }

  /** The placeholder of operand {@code number}. */
  static Node parameter(int number, Node like, Shape shape) {
    return Node.of(new Op.Parameter(number, like.element(), shape), List.of(), like.origin());
  }

  public Dim length() {
    return length;
  }

  public boolean reversed() {
    return reversed;
  }

  /** One node an operand of the scan, in the order of the operands. */
  public List<Node> parameters() {
    return parameters;
  }

  /** The values that carries have before a step. */
  public List<Node> carries() {
    return parameters.subList(0, next.size());
  }

  /** This step's element of each sequence. */
  public List<Node> elements() {
    return parameters.subList(next.size(), next.size() + sequences);
  }

  /** What is the same in every step. */
  public List<Node> invariants() {
    return parameters.subList(next.size() + sequences, parameters.size());
  }

  /** The values that carries have after a step. */
  public List<Node> next() {
    return next;
  }

  /** The number of the carry that says that further steps change nothing, or {@link #NEVER}. */
  public int ended() {
    return ended;
  }

  /** Whether operand {@code i} is a sequence, {@code [length, …]}. */
  public boolean isSequence(int i) {
    return i >= next.size() && i < next.size() + sequences;
  }

  /** The shape that operand {@code i} of a scan has. */
  public Shape operandShape(int i) {
    Shape shape = parameters.get(i).shape();
    return isSequence(i) ? shape.insert(0, length) : shape;
  }

  /** The body's nodes that the carries and {@code outputs} need, operands before users. */
  public List<Node> nodes(Collection<Node> outputs) {
    var roots = new ArrayList<>(next);
    roots.addAll(outputs);
    return Graph.topological(roots);
  }

  /** The loops whose results are among {@code nodes}, in order, and the nodes of each body that these tell of. */
  public static Map<Loop, Set<Node>> told(List<Node> nodes) {
    var told = new LinkedHashMap<Loop, Set<Node>>();
    for (Node node : nodes) {
      if (node.op() instanceof Op.Scan scan) {
        told.computeIfAbsent(scan.loop(), loop -> new LinkedHashSet<>()).add(scan.of());
      }
    }
    return told;
  }

  @Override
  public String toString() {
    return (reversed ? "reversed " : "") + "loop of " + length.text();
  }
}

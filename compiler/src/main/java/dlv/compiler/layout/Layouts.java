package dlv.compiler.layout;

import dlv.compiler.fuse.Alias;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Placement;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The storage of every value that some kernel of a schedule reads or writes. A part that is placed in a whole has no
 * buffer of its own: it lies in the whole's.
 *
 * @param schedule with the copies between layouts that the flavour wants, as kernels of their own
 * @param aliases values that lie in others, or in rows of others: what a loop's steps read and write
 * @param displaced values that lie beside others in an arena: single statistics and counters, and their next values
 */
public record Layouts(Schedule schedule, Flavour flavour, Map<Node, Storage> storages,
                      Map<Node, Placement> placements, Map<Node, Alias> aliases, Set<Node> displaced) {
  /** A vector of so many elements is worth more items than one. */
  private static final long LONG = 1 << 14;

  public Layouts {
    storages = Collections.unmodifiableMap(new IdentityHashMap<>(storages));
    placements = Collections.unmodifiableMap(new IdentityHashMap<>(placements));
    aliases = Collections.unmodifiableMap(new IdentityHashMap<>(aliases));
    Set<Node> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.addAll(displaced);
    displaced = Collections.unmodifiableSet(own);
  }

  /** The layouts of all values of {@code schedule}, and of its loops' steps, on devices of a flavour. */
  public static Layouts of(Schedule schedule, Flavour flavour) {
    return new LayoutRules(Packing.in(schedule, flavour), flavour, Map.of()).layouts();
  }

  /** Whether a kernel only moves values between rows and lanes: it is one flavour's, and in no schedule that all share. */
  public static boolean isCopy(Kernel kernel) {
    return Packing.isCopy(kernel);
  }

  /** How {@code node} lies; {@link IllegalArgumentException} where it is not stored. */
  public Storage of(Node node) {
    Storage storage = storages.get(node);
    if (storage == null) {
      throw new IllegalArgumentException("not stored: " + node);
    }
    return storage;
  }

  /** The node whose buffer {@code node} lies in: the whole it is placed in, what it is a row of, or itself. */
  public Node owner(Node node) {
    Node whole = whole(node);
    Alias alias = aliases.get(whole);
    return alias == null ? whole : owner(alias.of());
  }

  /** How {@code node} lies in what owns it: first in what it is a row of or the same as, then where that lies … */
  public List<Alias> chain(Node node) {
    var chain = new ArrayList<Alias>();
    for (Alias alias = aliases.get(whole(node)); alias != null; alias = aliases.get(whole(alias.of()))) {
      chain.add(alias);
    }
    return chain;
  }

  /** The {@code Concat} that {@code node} is placed in, or itself. */
  public Node whole(Node node) {
    Placement placement = placements.get(node);
    return placement == null ? node : placement.whole();
  }

  /** The sum over the batch that a result of {@code kernel} is, or is a reordering of; null where it is none. */
  public static Node summed(Kernel kernel, Node result) {
    Node node = result;
    while (!kernel.operands().contains(node) && (node.is(Op.Reshape.class) || node.is(Op.Permute.class))) {
      node = node.operand(0);
    }
    boolean sum = node.is(Op.Reducer.SUM) || node.is(Op.Contract.class);
    return sum && !kernel.operands().contains(node) && overBatch(node) ? node : null;
  }

  /** Whether {@code result} is the sum of a long vector that no example varies. */
  public static boolean isLong(Node result) {
    return result.is(Op.Reducer.SUM) && result.element() == Element.FLOAT && result.operand(0).rank() == 1
        && result.operand(0).shape().isConstant() && result.operand(0).dim(0).value() >= LONG;
  }

  private static boolean overBatch(Node node) {
    return node.operand(0).shape().dims().contains(Dim.BATCH) && !node.shape().dims().contains(Dim.BATCH);
  }
}

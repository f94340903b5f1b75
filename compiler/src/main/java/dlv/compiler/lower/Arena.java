package dlv.compiler.lower;

import dlv.compiler.check.StateInfo;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * States that lie side by side in memory that lives on.
 *
 * <p>Weights, optimiser states and averages are read and written whole: in a graph the arena itself is the
 * {@link Op.State} of this name, and a weight is a view of it. Statistics and counters are states of their own, under
 * their paths, that are only placed in one arena.
 *
 * @param length elements, gaps included
 * @param places by rising offset
 */
public record Arena(String name, Role role, Element element, long length, List<Place> places) {
  /** Offsets are multiples of this many elements, so that vectors never straddle two tensors. */
  public static final int ALIGNMENT = 16;
  /** Elements of an arena of several tensors at most: 128 MiB, a buffer that every device offers (OpenCL 1.2, 4.2). */
  static final long MOST = (128L << 20) / Float.BYTES;

  /** A tensor in an arena, row-major from {@code offset} on. */
  public record Place(StateInfo state, long offset) {}

  public Arena {
    places = List.copyOf(places);
  }

  /** Places states one after another, in their order. */
  static Arena of(String name, Role role, Element element, List<StateInfo> states) {
    var places = new ArrayList<Place>();
    long offset = 0;
    for (StateInfo state : states) {
      places.add(new Place(state, offset));
      offset = aligned(Math.addExact(offset, state.shape().elements().value()));
    }
    return new Arena(name, role, element, offset, places);
  }

  /**
   * Places states one after another in as many arenas as it takes for none to be longer than {@code most}, but for a
   * tensor that is; the second is named {@code NAME.2}.
   */
  static List<Arena> cut(String name, Role role, Element element, List<StateInfo> states, long most) {
    var arenas = new ArrayList<Arena>();
    for (int from = 0; from < states.size(); ) {
      int to = from;
      long length = 0;
      do {
        length = aligned(Math.addExact(length, states.get(to++).shape().elements().value()));
      } while (to < states.size() && length + states.get(to).shape().elements().value() <= most);
      String own = arenas.isEmpty() ? name : name + "." + (arenas.size() + 1);
      arenas.add(of(own, role, element, states.subList(from, to)));
      from = to;
    }
    return arenas;
  }

  private static long aligned(long n) {
    return Math.addExact(n, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The arena as one state of rank 1. */
  public Op.State state() {
    return new Op.State(name, role, element, shape(), 0);
  }

  /** Where its first tensor was declared. */
  public Origin origin() {
    return places.isEmpty() ? Origin.NONE : new Origin(places.get(0).state().path(), places.get(0).state().span());
  }

  /** Bytes of its buffer; an empty one takes a word all the same. */
  public long bytes() {
    return Math.max(4, Math.multiplyExact(length, (long) element.bytes()));
  }

  public Shape shape() {
    return Shape.of(length);
  }

  /** Lets everything in this arena be what it is now: statistics one by one, all else as views of the whole. */
  void bind(Lowering lowering) {
    if (role == Role.STATISTIC) {
      places.forEach(place -> lowering.assign(place.state().path(), alone(place.state())));
    } else {
      bind(lowering, new Build(Origin.NONE).node(state()));
    }
  }

  /** Lets this arena be {@code whole}, and its tensors views of that. */
  void bind(Lowering lowering, Node whole) {
    lowering.assign(name, whole);
    places.forEach(place -> lowering.assign(place.state().path(), view(whole, place)));
  }

  private static Node alone(StateInfo state) {
    return new Build(new Origin(state.path(), state.span()))
        .node(new Op.State(state.path(), state.role(), Element.FLOAT, state.shape(), 0));
  }

  /** The tensor at {@code place} as a view of the whole arena. */
  Node view(Node whole, Place place) {
    Build build = new Build(new Origin(place.state().path(), place.state().span()));
    Shape shape = place.state().shape();
    return build.reshape(build.slice(whole, 0, Dim.of(place.offset()), shape.elements(), 1), shape);
  }

}

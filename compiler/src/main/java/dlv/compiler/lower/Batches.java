package dlv.compiler.lower;

import dlv.compiler.check.DataBinding;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;

/**
 * Batches out of resident data: the rows of a batch are gathered by an order that the host writes once an epoch. A step
 * takes one batch after another, one for each of its turns.
 *
 * <p>Inputs: for training {@code digits.image[digits.rows, …]} and {@code digits.order int[digits.rows]}; for evaluation
 * {@code held.digits.image[held.digits.rows, …]}, {@code first} and {@code live}.
 */
final class Batches {
  /** What the names of held-back data begin with. */
  private static final String HELD_BACK = "held.";

  private Batches() {}

  /** The turn that is now {@code turn}, counted through all steps: full batches of the shuffled rows, in order. */
  static void training(TrainProgram train, Node turn, Live live, Lowering lowering) {
    long batch = train.settings().batch();
    for (DataBinding data : train.data()) {
      Build build = new Build(new Origin(data.name(), data.span()));
      Dim rows = rows(data.name());
      Node size = build.constant(batch, Element.INT, Shape.SCALAR);
      Node first = build.map(Scalar.MUL, build.map(Scalar.IMOD, turn, perEpoch(train, rows, build)), size);
      Node order = build.node(new Op.Input(data.name() + ".order", Element.INT, Shape.of(rows)));
      gather(data, data.name(), build.gather(order, at(build, first, live), 0), lowering);
    }
  }

  /** The batches of an epoch: those of as many steps as fit. */
  private static Node perEpoch(TrainProgram train, Dim rows, Build build) {
    long batch = train.settings().batch();
    long turns = train.turns();
    Node perStep = build.constant(batch * turns, Element.INT, Shape.SCALAR);
    Node steps = build.map(Scalar.IDIV, build.size(rows), perStep);
    return turns == 1 ? steps : build.map(Scalar.MUL, steps, build.constant(turns, Element.INT, Shape.SCALAR));
  }

  /** The rows from the input {@code first} on, of which the input {@code live} count. */
  static void evaluating(TrainProgram train, Live live, Lowering lowering) {
    for (DataBinding data : train.data()) {
      Build build = new Build(new Origin(data.name(), data.span()));
      Node first = build.node(new Op.Input("first", Element.INT, Shape.SCALAR));
      gather(data, HELD_BACK + data.name(), at(build, first, live), lowering);
    }
  }

  private static Node at(Build build, Node first, Live live) {
    Node places = live.places(build);
    return build.map(Scalar.ADD, build.fill(first, places.shape()), places);
  }

  private static void gather(DataBinding data, String resident, Node rows, Lowering lowering) {
    for (DataBinding.FieldBinding field : data.fields()) {
      Build build = new Build(new Origin(data.name() + "." + field.name(), data.span()));
      Shape shape = field.resident().insert(0, rows(resident));
      Node all = build.node(new Op.Input(resident + "." + field.name(), field.input().element(), shape));
      lowering.input(field.input().name(), first(field.input().shape(), build.gather(all, rows, 0), build));
    }
  }

  /** The first places of each axis, as many as {@code shape} says of one row. */
  private static Node first(Shape shape, Node rows, Build build) {
    Node seen = rows;
    for (int axis = 0; axis < shape.rank(); axis++) {
      seen = build.slice(seen, axis + 1, Dim.ZERO, shape.dim(axis), 1);
    }
    return seen;
  }

  /** The number of resident rows, a size that the host gives. */
  private static Dim rows(String resident) {
    return Dim.name(resident + ".rows");
  }
}

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
 * Batches out of resident data: the rows of a batch are gathered by an order that the host writes once an epoch.
 *
 * <p>Inputs: for training {@code digits.image[digits.rows, …]} and {@code digits.order int[digits.rows]}; for evaluation
 * {@code held.digits.image[held.digits.rows, …]}, {@code first} and {@code live}.
 */
final class Batches {
  /** What the names of held-back data begin with. */
  private static final String HELD_BACK = "held.";

  private Batches() {}

  /** Full batches of the shuffled rows, as many an epoch as fit; the step counter says which one. */
  static void training(TrainProgram train, Live live, Lowering lowering) {
    long batch = train.settings().batch();
    for (DataBinding data : train.data()) {
      Build build = new Build(new Origin(data.name(), data.span()));
      Dim rows = rows(data.name());
      Node size = build.constant(batch, Element.INT, Shape.SCALAR);
      Node perEpoch = build.map(Scalar.IDIV, build.size(rows), size);
      Node first = build.map(Scalar.MUL, build.map(Scalar.IMOD, build.node(TrainStates.STEP), perEpoch), size);
      Node order = build.node(new Op.Input(data.name() + ".order", Element.INT, Shape.of(rows)));
      gather(data, data.name(), build.gather(order, at(build, first, live), 0), lowering);
    }
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
      Shape shape = field.input().shape().insert(0, rows(resident));
      Node all = build.node(new Op.Input(resident + "." + field.name(), field.input().element(), shape));
      lowering.input(field.input().name(), build.gather(all, rows, 0));
    }
  }

  /** The number of resident rows, a size that the host gives. */
  private static Dim rows(String resident) {
    return Dim.name(resident + ".rows");
  }
}

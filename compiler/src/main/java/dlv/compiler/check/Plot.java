package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Optional;

/**
 * A figure of a train block that is drawn, of data held back: points in a plane, coloured by category, or the ROC curve
 * of scores.
 *
 * @param values {@code float[..., 2]} for points, {@code float[...]} for scores
 * @param labels {@code float[...]}: the category of each point, or 1 where the score should be high and 0 elsewhere
 */
public record Plot(String name, Node values, Node labels, Span span) {

  /** What a report of a pair draws; empty for anything else. {@link Failed} for a pair that cannot be drawn. */
  static Optional<Plot> of(Evaluator block, String name, Value reported, Span span) {
    if (!(reported instanceof Value.Tuple tuple)) {
      return Optional.empty();
    }
    if (tuple.elements().size() == 2 && tuple.elements().get(0) instanceof Value.Tensor values
        && tuple.elements().get(1) instanceof Value.Tensor labels && isDrawn(values, labels)) {
      var real = new RealPlaces(block.here(), span);
      if (real.differs(values) || real.differs(labels)) {
        throw block.error("unsupported", span, "what differs in length by example cannot be drawn");
      }
      Build build = block.here().build(span);
      return Optional.of(new Plot(name, values.node(), build.map(Scalar.TO_FLOAT, labels.node()), span));
    }
    throw block.here().report(Diagnostic.error("type", span, "a pair of " + tuple.text() + " cannot be drawn")
        .help("points are `(float[2], index(k))`, and become a picture in colours; scores are `(float, index(2))`, with"
            + " 1 where the score should be high, and become a ROC curve"));
  }

  private static boolean isDrawn(Value.Tensor values, Value.Tensor labels) {
    Shape each = labels.shape();
    boolean isPlane = values.rank() == each.rank() + 1 && values.shape().dim(each.rank()).is(2)
        && values.shape().range(0, each.rank()).equals(each);
    boolean isScore = values.shape().equals(each) && labels.categories().filter(k -> k.is(2)).isPresent();
    return values.node().element() == Element.FLOAT && labels.node().element() == Element.INT
        && (isPlane && labels.categories().isPresent() || isScore);
  }
}

package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Node;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Stage;
import dlv.compiler.type.Element;
import java.util.Optional;

/**
 * A number that a block minimises or reports, for one example.
 *
 * @param value axes that remain are averaged with the examples; with a count it is the sum of what is real
 * @param count where examples differ in length, how many elements {@code value} is the sum of: float
 */
record Figure(Node value, Optional<Node> count) {

  /** A loss; {@link Failed} where it is none. */
  static Figure loss(Evaluator block, Value value, Expression written) {
    if (value instanceof Value.Unknown) {
      throw Failed.REPORTED;
    }
    if (value instanceof Value.Tensor tensor && tensor.node().element() == Element.FLOAT) {
      return of(block, tensor, written);
    }
    throw block.error("type", written.span(), "a loss is a tensor of numbers, not " + value.text());
  }

  /** A figure of a report, which may be a plain number. */
  static Figure reported(Evaluator block, Value value, Expression written) {
    if (value instanceof Value.Tensor tensor && tensor.node().element() == Element.FLOAT) {
      return of(block, tensor, written);
    }
    if (Arithmetic.isNumber(value)) {
      return new Figure(new Arithmetic(block.here().build(written.span())).node(value), Optional.empty());
    }
    throw block.error("type", written.span(), "a figure is a number, not " + value.text());
  }

  private static Figure of(Evaluator block, Value.Tensor tensor, Expression written) {
    var real = new RealPlaces(block.here(), written.span());
    Optional<Node> count = real.count(tensor, RealPlaces.all(tensor));
    Node masked = real.masked(tensor, RealPlaces.all(tensor), 0).node();
    return new Figure(count.isPresent() ? block.here().build(written.span()).sum(masked) : tensor.node(), count);
  }

  /** The name of a figure without one: that of the outermost function. */
  static String name(Evaluator block, Expression written) {
    Expression at = written;
    if (at instanceof Expression.Pipeline pipeline
        && pipeline.stages().get(pipeline.stages().size() - 1) instanceof Stage.Apply last) {
      at = last.function();
    }
    at = at instanceof Expression.Call call ? call.function() : at;
    if (at instanceof Expression.Reference reference) {
      return reference.name();
    }
    if (at instanceof Expression.Field field) {
      return field.name().text();
    }
    throw block.here().report(Diagnostic.error("argument", written.span(), "this figure has no name")
        .help("write `report name = " + Statements.written(written.span()) + "`"));
  }
}

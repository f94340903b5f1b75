package dlv.compiler.emit.opencl;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The variance over the batch and other axes in one pass through memory: block by block of examples, each of which stays
 * in the cache while its mean and then its squares are summed; blocks and lanes are combined by the update of Chan,
 * Golub and LeVeque (1983). The sum comes with it.
 */
final class Spread {
  /** Elements of an example for which combining costs little beside summing. */
  private static final long LEAST = 16;

  private final Elements elements;
  private final Code code;
  private final Signature signature;
  private final Lanes lanes;
  private final int batch;
  private final List<Dim> inner;
  private Value sum;

  /** {@code sizes}: of the axes that are combined. */
  Spread(Elements elements, Code code, Signature signature, Lanes lanes, List<Dim> sizes) {
    this.elements = elements;
    this.code = code;
    this.signature = signature;
    this.lanes = lanes;
    this.batch = sizes.indexOf(Dim.BATCH);
    this.inner = new ArrayList<>(sizes);
    inner.remove(Dim.BATCH);
  }

  private Dim each() {
    return inner.stream().reduce(Dim.ONE, Dim::times);
  }

  /** Whether the batch is among the axes, and blocks of it are worth combining. */
  boolean worth() {
    return batch >= 0 && each().isConstant() && each().value() >= LEAST;
  }

  /** The sum of all elements, once their variance is there. */
  Value sum() {
    return sum;
  }

  private Value zero() {
    String name = code.fresh("a");
    code.line(Value.type(Element.FLOAT, lanes.width()) + " " + name + " = 0;");
    return new Value(name, Element.FLOAT, lanes.width());
  }

  private Value vector(String text) {
    return elements.named(Element.FLOAT, lanes.width(), text);
  }

  private Value number(String text) {
    return elements.named(Element.FLOAT, 1, text);
  }

  private Value total(String vector) {
    return number("sum_float_" + lanes.width() + "(" + vector + ")");
  }

  private void visit(Index rows, Consumer<List<Index>> body) {
    new Sweep(code, signature, lanes, inner, false, null).each(places -> {
      var at = new ArrayList<>(places);
      at.add(batch, rows);
      body.accept(at);
    });
  }

  /** The variance of the elements {@code x}, whose indices are those of the combined axes. */
  Value variance(Function<List<Index>, Value> x) {
    long count = each().value();
    String blocks = signature.text(Dim.BATCH.floorDiv(lanes.width()));
    Value all = zero();
    Value mean = zero();
    Value squares = zero();
    Index block = code.loop("n", blocks, Index.UNBOUNDED);
    Index rows = block.times(lanes.width()).plus(lanes.lane());
    Value own = zero();
    visit(rows, at -> code.line(own.text() + " += " + x.apply(at).text() + ";"));
    Value middle = vector(own.text() + " * (1.0f / " + count + ".0f)");
    Value apart = zero();
    visit(rows, at -> {
      Value d = vector(x.apply(at).text() + " - " + middle.text());
      code.line(apart.text() + " += " + d.text() + " * " + d.text() + ";");
    });
    Value step = vector(middle.text() + " - " + mean.text());
    Value part = number("1.0f / convert_float(" + block.plus(1) + ")");
    code.line(squares.text() + " += " + apart.text() + " + " + step.text() + " * " + step.text() + " * (convert_float("
        + block + ") * " + part.text() + " * " + count + ".0f);");
    code.line(mean.text() + " += " + step.text() + " * " + part.text() + ";");
    code.line(all.text() + " += " + own.text() + ";");
    code.close();
    sum = total(all.text());
    Value centre = number(total(mean.text()).text() + " * (1.0f / " + lanes.width() + ".0f)");
    Value off = vector(mean.text() + " - " + centre.text());
    Value scale = number("convert_float(" + blocks + ") * " + count + ".0f");
    Value rest = total(squares.text() + " + " + off.text() + " * " + off.text() + " * " + scale.text());
    return number(rest.text() + " / (" + scale.text() + " * " + lanes.width() + ".0f)");
  }
}

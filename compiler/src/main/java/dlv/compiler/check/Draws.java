package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chance: with a shape a draw for each example, without one how a weight begins.
 *
 * <p>A draw's key is seed, place of the application, and turn: the turns of {@code times} in all steps, counted on. Normal numbers are made of two uniform ones (Box &
 * Muller, 1958).
 */
final class Draws {
  private Draws() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("uniform", "shape? low? high?", Draws::uniform),
        Primitive.of("normal", "shape? mean? deviation?", Draws::normal),
        Primitive.of("uniform_like", "x low? high?", call -> {
          Value.Tensor x = call.tensor("x");
          return uniform(call, x.shape(), x.declared(), call.number("low", 0), call.number("high", 1));
        }),
        Primitive.of("normal_like", "x mean? deviation?", call -> {
          Value.Tensor x = call.tensor("x");
          return normal(call, x.shape(), x.declared(), call.number("mean", 0), call.number("deviation", 1));
        }),
        Primitive.of("zeros", "shape?", call -> filled(call, 0)),
        Primitive.of("ones", "shape?", call -> filled(call, 1)),
        Primitive.of("constant", "value shape?", call -> filled(call, call.number("value", 0))),
        Primitive.of("orthogonal", "gain?", call ->
            new Value.Start(new Initialiser(Initialiser.Kind.ORTHOGONAL, List.of(call.number("gain", 1))))));
  }

  private static Value filled(Arguments call, double value) {
    if (!call.has("shape")) {
      return new Value.Start(Initialiser.constant(value));
    }
    List<Size> sizes = call.sizes("shape");
    return Value.Tensor.of(call.build().constant(value, Shaping.shape(sizes)), sizes);
  }

  /** Whether the first argument is a shape and not a number: {@code uniform(-0.1, 0.1)} is how a weight begins. */
  private static boolean draws(Arguments call) {
    return call.has("shape") && call.value("shape") instanceof Value.Items;
  }

  /** The two numbers of a distribution, by name or in order. */
  private static List<Double> numbers(Arguments call, String first, double a, String second, double b) {
    boolean shifted = call.has("shape");
    double low = shifted ? call.number("shape", a) : call.number(first, a);
    double high = shifted && call.has(first) ? call.number(first, b) : call.number(second, b);
    return List.of(low, high);
  }

  private static Value uniform(Arguments call) {
    if (!draws(call)) {
      List<Double> bounds = numbers(call, "low", 0, "high", 1);
      if (bounds.get(0) > bounds.get(1)) {
        throw call.error("range", "from " + bounds.get(0) + " to " + bounds.get(1) + " there are no numbers");
      }
      return new Value.Start(new Initialiser(Initialiser.Kind.UNIFORM, bounds));
    }
    List<Size> sizes = call.sizes("shape");
    return uniform(call, Shaping.shape(sizes), sizes.stream().map(Size::declared).toList(), call.number("low", 0),
        call.number("high", 1));
  }

  private static Value normal(Arguments call) {
    if (!draws(call)) {
      List<Double> numbers = numbers(call, "mean", 0, "deviation", 1);
      if (numbers.get(1) < 0) {
        throw call.error("range", "a deviation of " + numbers.get(1));
      }
      return new Value.Start(new Initialiser(Initialiser.Kind.NORMAL, numbers));
    }
    List<Size> sizes = call.sizes("shape");
    return normal(call, Shaping.shape(sizes), sizes.stream().map(Size::declared).toList(), call.number("mean", 0),
        call.number("deviation", 1));
  }

  private static Node draw(Arguments call, Shape shape, int part) {
    List<Object> place = new ArrayList<>(call.evaluator().here().place());
    place.add(call.evaluator().key(call.span()));
    place.add(part);
    Build build = call.build();
    Node seed = build.node(new Op.State("seed", Role.COUNTER, Element.INT, Shape.SCALAR, 0));
    Node turn = build.node(new Op.State("turn", Role.COUNTER, Element.INT, Shape.SCALAR, 0));
    Op.Random draw = new Op.Random(call.evaluator().here().session().site(place), shape);
    return along(call.evaluator().here().steps(), draw, build, seed, turn);
  }

  /** A draw between 0 and 1 for each element of a shape. */
  static Node uniform(Arguments call, Shape shape) {
    return draw(call, shape, 0);
  }

  /** Inside a cell a draw for all steps is made before the first, and each step sees its own. */
  private static Node along(Steps way, Op.Random draw, Build build, Node seed, Node turn) {
    if (way == null) {
      return build.node(draw, seed, turn);
    }
    Shape all = draw.shape().insert(0, way.length().value());
    return way.each(along(way.outer(), new Op.Random(draw.site(), all), build, seed, turn));
  }

  private static Node scaled(Build build, Node x, double factor, double offset) {
    Node scaled = factor == 1 ? x : build.scale(x, factor);
    return offset == 0 ? scaled : build.add(scaled, build.constant(offset, x.shape()));
  }

  private static Value uniform(Arguments call, Shape shape, List<Dim> declared, double low, double high) {
    return new Value.Tensor(scaled(call.build(), draw(call, shape, 0), high - low, low), declared, Optional.empty());
  }

  private static Value normal(Arguments call, Shape shape, List<Dim> declared, double mean, double deviation) {
    Build build = call.build();
    Node radius = build.map(Scalar.SQRT, build.scale(build.map(Scalar.LOG, draw(call, shape, 0)), -2));
    Node angle = build.map(Scalar.COS, build.scale(draw(call, shape, 1), 2 * Math.PI));
    return new Value.Tensor(scaled(build, build.mul(radius, angle), deviation, mean), declared, Optional.empty());
  }
}

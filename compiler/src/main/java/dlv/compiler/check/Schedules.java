package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.List;

/** Numbers that change over training: scalars computed from the count of steps done. */
final class Schedules {

  /**
   * How steps count as epochs.
   *
   * @param perEpoch steps in an epoch
   * @param total steps in all
   */
  record Clock(long perEpoch, long total) {}

  private final Arguments call;
  private final Build build;

  private Schedules(Arguments call) {
    this.call = call;
    this.build = call.build();
  }

  static List<Primitive> all() {
    return List.of(
        Primitive.of("ramp", "from to epochs? steps?", call -> new Schedules(call).ramp()),
        Primitive.of("cosine", "rate epochs? steps? floor?", call -> new Schedules(call).cosine()),
        Primitive.of("warmup", "rate epochs? steps?", call -> new Schedules(call).warmup()),
        Primitive.of("steps", "rate at factor?", call -> new Schedules(call).steps()));
  }

  private Clock clock() {
    Clock clock = call.evaluator().here().session().clock();
    if (clock == null) {
      throw call.error("static", "schedules stand in train blocks, where steps are counted");
    }
    return clock;
  }

  private Node constant(double value) {
    return build.constant(value, Shape.SCALAR);
  }

  /** Steps done, from 0. */
  private Node step() {
    clock();
    return build.map(Scalar.TO_FLOAT, build.node(new Op.State("step", Role.COUNTER, Element.INT, Shape.SCALAR, 0)));
  }

  /** The length in steps: given in epochs or steps, else all of training. */
  private double length() {
    Clock clock = clock();
    if (call.has("epochs") && call.has("steps")) {
      throw call.error("argument", "give `epochs` or `steps`, not both");
    }
    double length = call.has("epochs") ? call.number("epochs", 0) * clock.perEpoch()
        : call.has("steps") ? call.number("steps", 0) : clock.total();
    if (!(length >= 1)) {
      throw call.error("range", "a schedule takes a step at least");
    }
    return length;
  }

  /** The share of the way gone: 0 at the first step, 1 from the end on. */
  private Node share(double length) {
    return build.map(Scalar.MIN, build.scale(step(), 1 / length), constant(1));
  }

  private Node number(String name) {
    if (!Arithmetic.isNumber(call.value(name))) {
      throw call.error("argument", "`" + name + "` is a number, not " + call.value(name).text());
    }
    return new Arithmetic(build).node(call.value(name));
  }

  private static Value schedule(Node node) {
    return new Value.Formula(node, true);
  }

  /** From one value to another, in a straight line. */
  private Value ramp() {
    Node from = number("from");
    return schedule(build.add(from, build.mul(build.sub(number("to"), from), share(length()))));
  }

  /** Half a cosine from the rate down to a floor (Loshchilov & Hutter, 2017). */
  private Value cosine() {
    Node floor = constant(call.number("floor", 0));
    Node wave = build.map(Scalar.COS, build.scale(share(length()), Math.PI));
    Node share = build.scale(build.add(wave, constant(1)), 0.5);
    return schedule(build.add(floor, build.mul(build.sub(number("rate"), floor), share)));
  }

  /** From a part of the rate up to it, then the rate, which may be a schedule itself. */
  private Value warmup() {
    Node grown = build.scale(build.add(step(), constant(1)), 1 / length());
    return schedule(build.mul(number("rate"), build.map(Scalar.MIN, grown, constant(1))));
  }

  /** The rate times a factor for each epoch of a list that has been reached. */
  private Value steps() {
    Node rate = number("rate");
    if (!(call.value("at") instanceof Value.Items items)) {
      throw call.error("argument", "`at` is a list of epochs, not " + call.value("at").text());
    }
    Node factor = constant(call.number("factor", 0.1));
    for (Value epoch : items.elements()) {
      double from = Statics.number(call.evaluator(), epoch, call.spanOf("at"), "an epoch") * clock().perEpoch();
      Node reached = build.map(Scalar.LE, constant(from), step());
      rate = build.mul(rate, build.select(reached, factor, constant(1)));
    }
    return schedule(rate);
  }
}

package dlv.compiler.check;

import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of single elements: static on static numbers, elementwise on tensors. */
final class ScalarFunctions {
  private ScalarFunctions() {}

  static List<Primitive> all() {
    List<Primitive> all = new ArrayList<>(List.of(
        unary(Scalar.EXP, Math::exp), unary(Scalar.LOG, Math::log), unary(Scalar.LOG1P, Math::log1p),
        unary(Scalar.EXPM1, Math::expm1), unary(Scalar.SQRT, Math::sqrt), unary(Scalar.RSQRT, x -> 1 / Math.sqrt(x)),
        unary(Scalar.SIN, Math::sin), unary(Scalar.COS, Math::cos), unary(Scalar.TANH, Math::tanh),
        unary(Scalar.SIGMOID, x -> 1 / (1 + Math.exp(-x))), unary(Scalar.RELU, x -> Math.max(x, 0)),
        unary(Scalar.SOFTPLUS, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
        unary(Scalar.ABS, Math::abs), unary(Scalar.SIGN, Math::signum)));
    all.add(Primitive.of("erf", "x", call -> call.elementwise().apply(Scalar.ERF, call.tensor("x"))));
    all.add(Primitive.of("floor", "x", call -> rounded(call, false)));
    all.add(Primitive.of("ceil", "x", call -> rounded(call, true)));
    all.add(extreme("maximum", Scalar.MAX, Math::max, (a, b) -> Dim.of(Math.max(a.value(), b.value()))));
    all.add(extreme("minimum", Scalar.MIN, Math::min, (a, b) -> Dim.of(Math.min(a.value(), b.value()))));
    all.add(Primitive.of("select", "condition then otherwise", call ->
        call.elementwise().apply(Scalar.SELECT, call.value("condition"), call.value("then"), call.value("otherwise"))));
    all.add(conversion("to_float", Scalar.TO_FLOAT));
    all.add(conversion("to_int", Scalar.TO_INT));
    all.add(integer("div", Scalar.IDIV));
    all.add(integer("mod", Scalar.IMOD));
    all.add(Primitive.of("fixed", "x", call -> {
      Value.Tensor x = call.tensor("x");
      return new Value.Tensor(call.build().map(Scalar.DETACH, x.node()), x.declared(), x.categories());
    }));
    return all;
  }

  private static Primitive conversion(String name, Scalar function) {
    return Primitive.of(name, "x", call -> call.elementwise().apply(function, call.tensor("x")));
  }

  private static Primitive unary(Scalar function, DoubleUnaryOperator known) {
    String name = function.name().toLowerCase(Locale.ROOT);
    return Primitive.of(name, "x", call -> {
      Value x = call.value("x");
      if (!Arithmetic.isNumber(x)) {
        call.floats("x");
        return call.elementwise().apply(function, call.tensor("x"));
      }
      var number = Arithmetic.number(x);
      return number.isPresent() ? new Value.Real(known.applyAsDouble(number.getAsDouble()))
          : new Value.Formula(call.build().map(function, new Arithmetic(call.build()).node(x)), isSchedule(x));
    });
  }

  /** Division of whole numbers, rounding down, or its remainder. */
  private static Primitive integer(String name, Scalar function) {
    return Primitive.of(name, "x by", call -> {
      boolean zero = call.value("by") instanceof Value.Whole by && by.size().is(0);
      if (zero) {
        throw call.error("number", "this divides by zero");
      }
      return call.elementwise().apply(function, call.integers("x"), call.value("by"));
    });
  }

  private static boolean isSchedule(Value value) {
    return value instanceof Value.Formula formula && formula.schedule();
  }

  /** Quotients of whole numbers are rounded exactly. */
  private static Value rounded(Arguments call, boolean up) {
    Value x = call.value("x");
    if (x instanceof Value.Whole) {
      return x;
    }
    if (x instanceof Value.Ratio ratio) {
      Size over = up ? ratio.over().plus(ratio.under()).plus(-1) : ratio.over();
      return new Value.Whole(over.floorDiv(ratio.under()));
    }
    if (x instanceof Value.Real real) {
      return Value.Whole.of((long) (up ? Math.ceil(real.value()) : Math.floor(real.value())));
    }
    var elementwise = call.elementwise();
    Value.Tensor tensor = call.floats("x");
    Value.Tensor below = elementwise.apply(Scalar.FLOOR, up ? elementwise.apply(Scalar.NEG, tensor) : tensor);
    return up ? elementwise.apply(Scalar.NEG, below) : below;
  }

  private static Primitive extreme(String name, Scalar function, DoubleBinaryOperator known,
      BinaryOperator<Dim> exact) {
    return Primitive.of(name, "a b", call -> {
      Value a = call.value("a");
      Value b = call.value("b");
      Optional<Value> whole = a instanceof Value.Whole m && b instanceof Value.Whole n
          ? wholes(m.size(), n.size(), exact) : Optional.empty();
      if (whole.isPresent()) {
        return whole.get();
      }
      if (a instanceof Value.Whole || b instanceof Value.Whole) {
        boolean open = isOpen(a) || isOpen(b);
        if (open && Arithmetic.isNumber(a) && Arithmetic.isNumber(b)) {
          throw Failed.REPORTED;
        }
      }
      if (a instanceof Value.Extent || b instanceof Value.Extent) {
        Value.Extent p = Statics.extent(call.evaluator(), a, call.spanOf("a"), "`a`");
        Value.Extent q = Statics.extent(call.evaluator(), b, call.spanOf("b"), "`b`");
        return new Value.Extent(Size.compute(p.h(), q.h(), exact), Size.compute(p.w(), q.w(), exact));
      }
      var x = Arithmetic.number(a);
      var y = Arithmetic.number(b);
      return x.isPresent() && y.isPresent()
          ? new Value.Real(known.applyAsDouble(x.getAsDouble(), y.getAsDouble()))
          : call.elementwise().apply(function, a, b);
    });
  }

  private static boolean isOpen(Value value) {
    return value instanceof Value.Whole whole && !whole.size().isConstant();
  }

  private static Optional<Value> wholes(Size a, Size b, BinaryOperator<Dim> exact) {
    boolean constant = a.isConstant() && b.isConstant();
    return constant ? Optional.of(new Value.Whole(Size.compute(a, b, exact))) : Optional.empty();
  }
}

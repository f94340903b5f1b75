package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import java.util.List;
import java.util.stream.Collectors;

/** The OpenCL spelling of each scalar function. */
final class ScalarText {
  private ScalarText() {}

  /** {@code function} over {@code values}, whose widths are 1 or {@code width}, the result's. */
  static String of(Scalar function, List<Value> values, int width) {
    Value a = values.get(0);
    Value b = values.get(values.size() - 1);
    boolean real = a.element() == Element.FLOAT;
    return switch (function) {
      case ADD -> operator("+", a, b);
      case SUB -> operator("-", a, b);
      case MUL -> operator("*", a, b);
      case DIV -> operator("/", a, b);
      case NEG -> "-" + bracketed(a);
      case MIN -> call(real ? "min_" : "min", real, width, values);
      case MAX -> call(real ? "max_" : "max", real, width, values);
      case ABS -> real ? call("fabs", false, width, values) : call("abs_", true, width, values);
      case SIGN -> real ? call("sign_", true, width, values) : call("isign_", true, width, values);
      case FLOOR -> call("floor", false, width, values);
      case POW -> call("pow", false, width, values);
      case EXP -> call("exp_", true, width, values);
      case LOG -> call("log", false, width, values);
      case LOG1P -> call("log1p", false, width, values);
      case EXPM1 -> call("expm1", false, width, values);
      case SQRT -> call("sqrt", false, width, values);
      case RSQRT -> "1.0f / " + call("sqrt", false, width, values);
      case SIN -> call("sin", false, width, values);
      case COS -> call("cos", false, width, values);
      case TANH -> call("tanh_", true, width, values);
      case SIGMOID -> call("sigmoid_", true, width, values);
      case RELU -> call("relu_", true, width, values);
      case SOFTPLUS -> call("softplus_", true, width, values);
      case ERF -> call("erf", false, width, values);
      case EQ -> operator("==", a, b);
      case NE -> operator("!=", a, b);
      case LT -> operator("<", a, b);
      case LE -> operator("<=", a, b);
      case AND -> mask(a, width) + " & " + mask(b, width);
      case OR -> mask(a, width) + " | " + mask(b, width);
      case NOT -> width == 1 ? "!" + bracketed(a) : "~" + mask(a, width);
      case SELECT -> select(a, values.get(1), b, width);
      case TO_BF16 -> call("to_bf16_", true, width, values);
      case TO_FLOAT -> a.element() == Element.BF16 ? call("from_bf16_", true, width, values)
          : "convert_float" + suffix(width) + "(" + unmasked(a, width) + ")";
      case TO_INT -> real ? "to_int_" + width + "(" + a.widened(width) + ")"
          : "convert_int" + suffix(width) + "(" + unmasked(a, width) + ")";
      case IDIV -> call("idiv_", true, width, values);
      case IMOD -> call("imod_", true, width, values);
      case DETACH -> a.widened(width);
    };
  }

  private static String suffix(int width) {
    return width == 1 ? "" : Integer.toString(width);
  }

  /** Comparisons of bytes are made in integers, so that their masks have the width of truth values. */
  private static String operator(String sign, Value a, Value b) {
    return operand(a, b) + " " + sign + " " + operand(b, a);
  }

  private static String operand(Value value, Value other) {
    int width = Math.max(value.width(), other.width());
    if (value.element() == Element.BYTE) {
      return "convert_int" + suffix(width) + "(" + value.widened(width) + ")";
    }
    return value.element() == Element.BOOL ? mask(value, width) : bracketed(value);
  }

  private static String bracketed(Value value) {
    return value.text().contains(" ") || value.text().startsWith("-") ? "(" + value.text() + ")" : value.text();
  }

  /** Functions of ours carry their width in the name; OpenCL's are overloaded. */
  private static String call(String name, boolean own, int width, List<Value> values) {
    return (own ? name + width : name)
        + values.stream().map(value -> value.widened(width)).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String mask(Value value, int width) {
    return width == 1 ? bracketed(value) : value.widened(width);
  }

  private static String unmasked(Value value, int width) {
    String text = value.widened(width);
    return value.element() == Element.BOOL && width > 1 ? text + " & 1" : text;
  }

  /** {@code condition ? then : otherwise}; a condition in lanes chooses for each of them. */
  static String select(Value condition, Value then, Value otherwise, int width) {
    if (condition.width() == 1) {
      return bracketed(condition) + " ? " + then.widened(width) + " : " + otherwise.widened(width);
    }
    return "select(" + otherwise.widened(width) + ", " + then.widened(width) + ", " + condition.text() + ")";
  }
}

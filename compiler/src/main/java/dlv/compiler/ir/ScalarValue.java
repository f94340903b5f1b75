package dlv.compiler.ir;

import dlv.compiler.type.Element;

/** The value of each scalar function, in float64, or in 32-bit integers that wrap. */
final class ScalarValue {
  private ScalarValue() {}

  /** {@code function(a, b, c)} over operands of {@code element}; what its arity does not reach is ignored. */
  static double of(Scalar function, Element element, double a, double b, double c) {
    return element == Element.FLOAT || element == Element.BF16 ? real(function, a, b, c) : integer(function, (long) a, (long) b, (long) c);
  }

  private static double real(Scalar function, double a, double b, double c) {
    return switch (function) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case POW -> Math.pow(a, b);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> Math.signum(a);
      case FLOOR -> Math.floor(a);
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case LOG1P -> Math.log1p(a);
      case EXPM1 -> Math.expm1(a);
      case SQRT -> Math.sqrt(a);
      case RSQRT -> 1 / Math.sqrt(a);
      case SIN -> Math.sin(a);
      case COS -> Math.cos(a);
      case TANH -> Math.tanh(a);
      case SIGMOID -> a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a));
      case RELU -> a < 0 ? 0 : a;
      case SOFTPLUS -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
      case ERF -> erf(a);
      case EQ -> truth(a == b);
      case NE -> truth(a != b);
      case LT -> truth(a < b);
      case LE -> truth(a <= b);
      case TO_FLOAT, DETACH -> a;
      case TO_INT -> (int) a;
      case TO_BF16 -> bf16(a);
      case AND, OR, NOT, SELECT, IDIV, IMOD -> throw new IllegalArgumentException(function + " of floats");
    };
  }

  /** Integers, truth values and bytes. */
  private static double integer(Scalar function, long a, long b, long c) {
    return switch (function) {
      case ADD -> (int) (a + b);
      case SUB -> (int) (a - b);
      case MUL -> (int) (a * b);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case NEG -> (int) -a;
      case ABS -> (int) Math.abs(a);
      case SIGN -> Long.signum(a);
      case IDIV -> b == 0 ? 0 : (int) Math.floorDiv(a, b);
      case IMOD -> b == 0 ? 0 : (int) Math.floorMod(a, b);
      case EQ -> truth(a == b);
      case NE -> truth(a != b);
      case LT -> truth(a < b);
      case LE -> truth(a <= b);
      case AND -> truth(a != 0 && b != 0);
      case OR -> truth(a != 0 || b != 0);
      case NOT -> truth(a == 0);
      case TO_FLOAT, TO_INT, DETACH -> a;
      case SELECT, DIV, POW, FLOOR, EXP, LOG, LOG1P, EXPM1, SQRT, RSQRT, SIN, COS, TANH, SIGMOID, RELU, SOFTPLUS,
          ERF, TO_BF16 -> throw new IllegalArgumentException(function + " of integers");
    };
  }

  /** Eight bits of significand; the range is that of 32-bit floats. */
  private static double bf16(double a) {
    int bits = Float.floatToIntBits((float) a);
    return Double.isNaN(a) ? a : Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /**
   * The error function to about 1e-15: below 3 by the series of positive terms {@code 2x/√π e^(-x²) Σ (2x²)^n /
   * (2n+1)!!} (Abramowitz and Stegun 7.1.6), above by the continued fraction 7.1.14 of its complement.
   */
  static double erf(double x) {
    double z = Math.abs(x);
    if (z < 3) {
      double term = 1;
      double sum = 1;
      for (int n = 1; term > 1e-17 * sum; n++) {
        term *= 2 * z * z / (2 * n + 1);
        sum += term;
      }
      return Math.signum(x) * 2 * z / Math.sqrt(Math.PI) * Math.exp(-z * z) * sum;
    }
    double fraction = z;
    for (int n = 60; n >= 1; n--) {
      fraction = z + n / 2.0 / fraction;
    }
    return Double.isNaN(x) ? x : Math.signum(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction);
  }
}

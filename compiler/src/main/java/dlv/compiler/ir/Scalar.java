package dlv.compiler.ir;

/**
 * The scalar functions that {@link Op.Map} applies elementwise. Their shapes of use (arity, element types) stand
 * here; their evaluation, derivative and OpenCL spelling are exhaustive switches in the rooms that need them.
 */
public enum Scalar {
  ADD(2), SUB(2), MUL(2), DIV(2), POW(2), MIN(2), MAX(2),
  NEG(1), ABS(1), SIGN(1), FLOOR(1), EXP(1), LOG(1), LOG1P(1), EXPM1(1), SQRT(1), RSQRT(1), SIN(1), COS(1),
  TANH(1), SIGMOID(1), RELU(1), SOFTPLUS(1), ERF(1),
  EQ(2), NE(2), LT(2), LE(2), AND(2), OR(2), NOT(1),
  /** {@code condition, then, otherwise}. */
  SELECT(3),
  TO_FLOAT(1), TO_INT(1),
  /** The nearest number with a significand of eight bits, ties to even. */
  TO_BF16(1),
  /** Integer division and remainder, rounding towards minus infinity. */
  IDIV(2), IMOD(2),
  /** The identity, with gradient 0. */
  DETACH(1);

  private final int arity;

  Scalar(int arity) {
    this.arity = arity;
  }

  public int arity() {
    return arity;
  }
}

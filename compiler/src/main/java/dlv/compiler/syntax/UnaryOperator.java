package dlv.compiler.syntax;

/** The operators that stand before their operand. */
public enum UnaryOperator {
  MINUS("-"),
  NOT("not");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As it is written. */
  public String symbol() {
    return symbol;
  }
}

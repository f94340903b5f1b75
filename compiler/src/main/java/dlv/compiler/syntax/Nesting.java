package dlv.compiler.syntax;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Limits;
import dlv.grammar.DlvLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.Token;

/**
 * Watches the tokens go by and stops at the first that would take the parser too deep: brackets, prefix operators and
 * powers nest, chains such as {@code a + b + c} or {@code a.b.c} make a tree that leans to one side.
 */
final class Nesting {

  /** What is open at one level: its bracket, the prefix operators and the links of the chain in progress. */
  private static final class Level {
    private final int close;
    private int prefixes;
    private int links;
    private int alternatives;

    Level(int close) {
      this.close = close;
    }
  }

  private final Places places;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int depth;
  private boolean balanced = true;
  private boolean afterOperand;
  private int previous = Token.INVALID_TYPE;

  Nesting(Places places) {
    this.places = places;
    levels.push(new Level(Token.EOF));
  }

  /** Whether every bracket so far, and at the end all of them, found its partner. */
  boolean isBalanced() {
    return balanced && levels.size() == 1;
  }

  /**
   * Takes the next token.
   *
   * @throws CompileException when it goes beyond {@link Limits#DEPTH} or {@link Limits#CHAIN}
   */
  void see(Token token) {
    if (token.getChannel() != Token.DEFAULT_CHANNEL) {
      return;
    }
    if (previous == DlvLexer.DOT && Character.isLetter(token.getText().codePointAt(0))) {
      afterOperand = true;
    } else {
      count(token);
    }
    previous = token.getType();
  }

  private void count(Token token) {
    switch (token.getType()) {
      case DlvLexer.OPEN, DlvLexer.OPEN_LIST -> {
        link(token, afterOperand);
        open(token);
      }
      case DlvLexer.OPEN_BODY -> open(token);
      case DlvLexer.PAREN, DlvLexer.BRACKET -> {
        operand();
        open(token);
      }
      case DlvLexer.CLOSE, DlvLexer.CLOSE_LIST, DlvLexer.CLOSE_BODY -> close(token);
      case DlvLexer.MINUS -> {
        if (afterOperand) {
          operator(token);
        } else {
          prefix(token);
        }
      }
      case DlvLexer.NOT, DlvLexer.POW -> prefix(token);
      case DlvLexer.PLUS, DlvLexer.MUL, DlvLexer.DIV, DlvLexer.PRODUCT, DlvLexer.AND, DlvLexer.OR, DlvLexer.ARROW ->
          operator(token);
      case DlvLexer.DOT -> link(token, true);
      case DlvLexer.IF -> alternative(token);
      case DlvLexer.NAME, DlvLexer.NEXT, DlvLexer.NUMBER, DlvLexer.TEXT, DlvLexer.TRUE, DlvLexer.FALSE, DlvLexer.GAP,
          DlvLexer.ANY -> operand();
      default -> separator();
    }
  }

  private void open(Token token) {
    depth++;
    check(token);
    levels.push(new Level(Brackets.closing(token.getType())));
    afterOperand = false;
  }

  private void close(Token token) {
    if (levels.peek().close == token.getType()) {
      depth -= 1 + levels.pop().prefixes;
    } else {
      balanced = false;
    }
    afterOperand = true;
  }

  private void prefix(Token token) {
    levels.peek().prefixes++;
    depth++;
    check(token);
    afterOperand = false;
  }

  private void operator(Token token) {
    endPrefixes();
    link(token, true);
    afterOperand = false;
  }

  private void operand() {
    if (afterOperand) {
      separator();
    }
    afterOperand = true;
  }

  private void separator() {
    endPrefixes();
    levels.peek().links = 0;
    afterOperand = false;
  }

  /** An {@code if}; those after {@code else} make a tree that leans to the right. */
  private void alternative(Token token) {
    separator();
    levels.peek().alternatives = previous == DlvLexer.ELSE ? levels.peek().alternatives + 1 : 1;
    if (levels.peek().alternatives > Limits.DEPTH) {
      throw tooDeep(token);
    }
  }

  private void endPrefixes() {
    depth -= levels.peek().prefixes;
    levels.peek().prefixes = 0;
  }

  private void link(Token token, boolean isLink) {
    if (isLink && ++levels.peek().links >= Limits.CHAIN) {
      throw new CompileException(Diagnostic.error("limit", places.span(token),
              "a chain of more than " + Limits.CHAIN + " terms")
          .help("give parts of it names with `let`"));
    }
  }

  private void check(Token token) {
    if (depth > Limits.DEPTH) {
      throw tooDeep(token);
    }
  }

  private CompileException tooDeep(Token token) {
    return new CompileException(Diagnostic.error("limit", places.span(token),
            "nested more than " + Limits.DEPTH + " deep")
        .help("give the inner parts names with `let`"));
  }
}

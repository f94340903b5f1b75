package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import dlv.grammar.DlvLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Explains brackets that do not pair up, each at the place where it opens. A word such as {@code network} that begins
 * a line without indentation is taken for the next declaration: what is open before it was forgotten there.
 */
final class Brackets {

  private final Places places;
  private final Consumer<Diagnostic> report;
  private final Deque<Token> open = new ArrayDeque<>();

  Brackets(Places places, Consumer<Diagnostic> report) {
    this.places = places;
    this.report = report;
  }

  /**
   * Reports what does not pair. A closing bracket without a partner is hidden from the parser, which can then go on.
   *
   * @return whether nothing is left open
   */
  boolean explain(List<Token> tokens) {
    boolean closed = true;
    for (Token token : tokens) {
      int type = token.getType();
      if (closing(type) != Token.INVALID_TYPE) {
        open.push(token);
      } else if (type == DlvLexer.CLOSE || type == DlvLexer.CLOSE_LIST || type == DlvLexer.CLOSE_BODY) {
        closed &= close(token);
      } else if (isNextDeclaration(token)) {
        closed &= reportOpen(0, "`" + token.getText() + "` begins the next declaration", token);
      }
    }
    return closed & reportOpen(0, "the file ends here", tokens.get(tokens.size() - 1));
  }

  /** The type of the token that closes what a token opens, or {@link Token#INVALID_TYPE} if it opens nothing. */
  static int closing(int type) {
    return switch (type) {
      case DlvLexer.OPEN, DlvLexer.PAREN -> DlvLexer.CLOSE;
      case DlvLexer.OPEN_LIST, DlvLexer.BRACKET -> DlvLexer.CLOSE_LIST;
      case DlvLexer.OPEN_BODY -> DlvLexer.CLOSE_BODY;
      default -> Token.INVALID_TYPE;
    };
  }

  private boolean close(Token token) {
    int above = 0;
    boolean found = false;
    for (Token candidate : open) {
      if (closing(candidate.getType()) == token.getType()) {
        found = true;
        break;
      }
      above++;
    }
    if (!found) {
      String sign = token.getText();
      report.accept(Diagnostic.error("bracket", places.span(token), "this `" + sign + "` closes nothing")
          .help("remove it, or open it before", places.span(token), ""));
      ((CommonToken) token).setChannel(Token.HIDDEN_CHANNEL);
      return true;
    }
    boolean closed = reportOpen(open.size() - above, "`" + token.getText() + "` closes what is outside of it", token);
    open.pop();
    return closed;
  }

  /** Reports what is open beyond the first {@code kept} brackets, as one mistake; false if there is any. */
  private boolean reportOpen(int kept, String reason, Token at) {
    if (open.size() <= kept) {
      return true;
    }
    Token innermost = open.pop();
    Diagnostic diagnostic = Diagnostic.error("bracket", places.span(innermost),
            "this `" + sign(innermost) + "` is never closed")
        .note(reason, places.span(at));
    int others = 0;
    while (open.size() > kept) {
      Token outer = open.pop();
      Span span = places.span(outer);
      diagnostic = ++others <= 3
          ? diagnostic.note("nor is this `" + sign(outer) + "`", span)
          : diagnostic;
    }
    report.accept(diagnostic);
    return false;
  }

  private String sign(Token token) {
    return places.span(token).text();
  }

  private static boolean isNextDeclaration(Token token) {
    return token.getCharPositionInLine() == 0 && switch (token.getType()) {
      case DlvLexer.NETWORK, DlvLexer.CELL, DlvLexer.OPTIMIZER, DlvLexer.PROCESS, DlvLexer.TRAIN, DlvLexer.GENERATE,
          DlvLexer.IMPORT, DlvLexer.ASSERT -> true;
      default -> false;
    };
  }
}

package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.grammar.DlvParser;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Reports what the parser meets and did not expect, once, and goes on where that makes sense: at the next statement,
 * line, part or declaration, or after the closing bracket of a list. Brackets are known to pair, so their depth tells
 * where a thing ends whatever stands inside.
 */
final class Recovery extends DefaultErrorStrategy {

  private final Tokens tokens;
  private final Diagnostics diagnostics;
  private final Expectation expectation;
  private final int[] depth;

  Recovery(Tokens tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.expectation = new Expectation(tokens);
    this.depth = depths(tokens.all());
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    if (inErrorRecoveryMode(parser)) {
      return;
    }
    beginErrorCondition(parser);
    report(expectation.explain((DlvParser) parser, e));
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void sync(Parser parser) {
    IntervalSet next = parser.getATN().nextTokens(parser.getATN().states.get(parser.getState()));
    if (!next.contains(Token.EPSILON) && !next.contains(parser.getInputStream().LA(1))) {
      throw new InputMismatchException(parser);
    }
  }

  /** Skips to where the rule in progress can end, or hands the error to the rule around it. */
  @Override
  public void recover(Parser parser, RecognitionException e) {
    ParserRuleContext context = parser.getContext();
    int start = context.getStart().getTokenIndex();
    switch (context.getRuleIndex()) {
      case DlvParser.RULE_file -> {
        while (!atEnd(parser)) {
          resume((DlvParser) parser, context, 0);
        }
      }
      case DlvParser.RULE_item, DlvParser.RULE_statement, DlvParser.RULE_line, DlvParser.RULE_part ->
          skip(parser, context, depth[start]);
      case DlvParser.RULE_body, DlvParser.RULE_statements, DlvParser.RULE_lines, DlvParser.RULE_parts -> {
        while (!closes(parser, depth[start] + 1)) {
          resume((DlvParser) parser, context, depth[start] + 1);
        }
        parser.consume();
      }
      case DlvParser.RULE_parameters, DlvParser.RULE_call -> {
        while (!closes(parser, depth[start] + 1)) {
          parser.consume();
        }
        parser.consume();
      }
      case DlvParser.RULE_hole -> { }
      default -> throw e;
    }
  }

  /** Skips to the next thing of the kind that a block or file holds, and parses it. */
  private void resume(DlvParser parser, ParserRuleContext block, int inside) {
    while (!atEnd(parser) && !closes(parser, inside) && !(at(parser, inside) && begins(parser, block))) {
      parser.consume();
    }
    if (atEnd(parser) || closes(parser, inside)) {
      return;
    }
    switch (block.getRuleIndex()) {
      case DlvParser.RULE_file -> parser.item();
      case DlvParser.RULE_lines -> parser.line();
      case DlvParser.RULE_parts -> parser.part();
      default -> parser.statement();
    }
    boolean mayAnswer = block.getRuleIndex() == DlvParser.RULE_body;
    if (!mayAnswer && !inErrorRecoveryMode(parser) && !closes(parser, inside) && !begins(parser, block)) {
      beginErrorCondition(parser);
      report(expectation.unexpected(parser, block.getRuleIndex()));
    }
  }

  private void report(Diagnostic diagnostic) {
    if (!tokens.isSpoilt(diagnostic.span().line())) {
      diagnostics.add(diagnostic);
    }
  }

  /** Leaves an item, statement, line or part that went wrong: stops where the next one begins or the block closes. */
  private void skip(Parser parser, ParserRuleContext context, int outside) {
    boolean wordAsName = !isFirstOnLine(parser);
    while (!atEnd(parser) && !closes(parser, outside)
        && !(!wordAsName && at(parser, outside) && begins(parser, context.getParent()))) {
      parser.consume();
      wordAsName = false;
    }
  }

  private boolean at(Parser parser, int level) {
    return depth[parser.getCurrentToken().getTokenIndex()] == level;
  }

  private boolean closes(Parser parser, int inside) {
    int index = parser.getCurrentToken().getTokenIndex();
    return atEnd(parser) || inside > 0 && depth[index] == inside && depth[index + 1] < inside;
  }

  private static boolean atEnd(Parser parser) {
    return parser.getCurrentToken().getType() == Token.EOF;
  }

  private static boolean isFirstOnLine(Parser parser) {
    return Expectation.isFirstOnLine(parser.getTokenStream(), parser.getCurrentToken());
  }

  private static boolean begins(Parser parser, ParserRuleContext block) {
    int first = parser.getInputStream().LA(1);
    boolean assigns = parser.getInputStream().LA(2) == DlvParser.IS;
    return switch (block.getRuleIndex()) {
      case DlvParser.RULE_file -> Expectation.ITEMS.contains(first);
      case DlvParser.RULE_lines -> Expectation.LINES.contains(first)
          || first == DlvParser.NAME && isFirstOnLine(parser);
      case DlvParser.RULE_parts -> first == DlvParser.NAME && isFirstOnLine(parser);
      default -> Expectation.STATEMENTS.contains(first) || first == DlvParser.NEXT && assigns;
    };
  }

  /** For each token, how many brackets are open before it. */
  private static int[] depths(List<Token> tokens) {
    int[] depth = new int[tokens.size() + 1];
    int open = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth[i] = open;
      boolean hidden = tokens.get(i).getChannel() != Token.DEFAULT_CHANNEL;
      int type = hidden ? Token.INVALID_TYPE : tokens.get(i).getType();
      if (Brackets.closing(type) != Token.INVALID_TYPE) {
        open++;
      } else if (type == DlvParser.CLOSE || type == DlvParser.CLOSE_LIST || type == DlvParser.CLOSE_BODY) {
        open--;
      }
    }
    depth[tokens.size()] = open;
    return depth;
  }
}

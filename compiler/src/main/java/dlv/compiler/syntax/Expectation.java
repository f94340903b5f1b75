package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.grammar.DlvParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in people's words what the parser expected, what it found, and what was probably meant. */
final class Expectation {

  /** Words that begin what stands at the top of a file. */
  static final Set<Integer> ITEMS = Set.of(DlvParser.IMPORT, DlvParser.LET, DlvParser.ASSERT, DlvParser.NETWORK,
      DlvParser.CELL, DlvParser.OPTIMIZER, DlvParser.PROCESS, DlvParser.TRAIN, DlvParser.GENERATE);

  /** Words that begin a statement. */
  static final Set<Integer> STATEMENTS =
      Set.of(DlvParser.LET, DlvParser.WEIGHT, DlvParser.STATE, DlvParser.REQUIRE, DlvParser.MODEL);

  /** Words that begin a line of a train block. */
  static final Set<Integer> LINES = Set.of(DlvParser.LET, DlvParser.MODEL, DlvParser.DATA, DlvParser.MINIMIZE,
      DlvParser.REPORT, DlvParser.STAGE);

  private static final Set<Integer> OPERANDS = Set.of(DlvParser.NUMBER, DlvParser.TEXT, DlvParser.TRUE,
      DlvParser.FALSE, DlvParser.NAME, DlvParser.NEXT, DlvParser.GAP, DlvParser.ANY, DlvParser.IF, DlvParser.OPEN,
      DlvParser.OPEN_LIST, DlvParser.PAREN, DlvParser.BRACKET);

  private static final Set<Integer> IN_ANSWER = Set.of(DlvParser.RULE_body, DlvParser.RULE_answer,
      DlvParser.RULE_leadDisjunct, DlvParser.RULE_leadConjunct, DlvParser.RULE_leadCompare, DlvParser.RULE_leadRange,
      DlvParser.RULE_leadSum, DlvParser.RULE_leadProduct, DlvParser.RULE_leadUnary, DlvParser.RULE_leadPower,
      DlvParser.RULE_leadPostfix, DlvParser.RULE_head);

  /** What helps when one of these stands where it does not fit; under {@code else}, when that is missing. */
  private static final Map<Integer, String> WAYS_OUT = Map.of(
      DlvParser.ELSE, "`if` is a value and has one in both cases: add `else { … }`",
      DlvParser.EQ, "comparisons do not chain: write `a == b and b == c`",
      DlvParser.LT, "comparisons do not chain: write `a < b and b < c`",
      DlvParser.LE, "comparisons do not chain: write `a <= b and b <= c`",
      DlvParser.OF, "`of` stands before `with`: `minimize loss of net with adam`",
      DlvParser.DOT, "a number begins with a digit (`0.5`), a path stands between quotes (`\"blocks.dlv\"`)");

  /** What other languages write here, and this one does otherwise. */
  private static final Map<String, String> ELSEWHERE = Map.of(
      "return", "the answer is the last expression of a body, without a word before it",
      "for", "stages of a pipeline are repeated: `x -> repeat 3 { Dense(8) -> relu }`",
      "while", "stages of a pipeline are repeated: `x -> repeat 3 { Dense(8) -> relu }`");

  private static final String END = "the end of the file";

  private final Tokens tokens;

  Expectation(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The diagnostic for an error that the parser met. */
  Diagnostic explain(DlvParser parser, RecognitionException e) {
    Token found = e.getOffendingToken();
    IntervalSet expected = expected(e);
    int rule = parser.getContext().getRuleIndex();
    Span at = tokens.places().span(found);
    if (found.getType() == DlvParser.CLOSE_BODY && IN_ANSWER.contains(rule) && expected.contains(DlvParser.NAME)) {
      return missingAnswer(parser, found, at);
    }
    if (rule == DlvParser.RULE_body && expected.contains(DlvParser.CLOSE_BODY)) {
      return afterAnswer(parser, found, at);
    }
    if (rule == DlvParser.RULE_hole && found.getType() != Token.EOF) {
      return Diagnostic.error("syntax", at, "only one expression stands between braces")
          .help("a brace that is meant is written twice");
    }
    Diagnostic diagnostic = Diagnostic.error("syntax", at, expectedButFound(parser, expected, found));
    if (found.getType() == DlvParser.PAREN || found.getType() == DlvParser.BRACKET) {
      return Diagnostic.error("syntax", at, "a bracket that is first on its line begins something new")
          .help("to go on with the line before, put it there");
    }
    if (followedByIs(parser, found) && (rule == DlvParser.RULE_statements || rule == DlvParser.RULE_body)) {
      return assignment(diagnostic, found);
    }
    if (found.getType() == DlvParser.IS && rule == DlvParser.RULE_file) {
      return diagnostic.help("equality is `==`", at, "==");
    }
    if (found.getType() == DlvParser.IS && rule == DlvParser.RULE_call) {
      return diagnostic.help("an argument is named with a colon: `name: value`", at, ":");
    }
    if (found.getType() == DlvParser.COLON && expected.contains(DlvParser.ARROW)) {
      return diagnostic.help("what comes out stands after an arrow: `-> float[10]`", at, " ->");
    }
    if (expected.contains(DlvParser.TEXT) && expected.size() == 1) {
      return diagnostic.help("an import names a file: `import \"blocks.dlv\"`");
    }
    if (isInside(parser, DlvParser.RULE_setting) && found.getType() == DlvParser.IS) {
      return diagnostic.help("a setting is a name and a value, without a sign between them", at, "");
    }
    String way = WAYS_OUT.get(rule == DlvParser.RULE_conditional ? DlvParser.ELSE : found.getType());
    if (way != null && !expected.contains(DlvParser.IS)) {
      return diagnostic.help(way);
    }
    boolean wordAsName = isWord(found) && found.getType() != DlvParser.NAME
        && expected.contains(DlvParser.NAME) && !expected.contains(DlvParser.NUMBER);
    if (wordAsName && rule != DlvParser.RULE_lines && !isFirstOnLine(parser.getTokenStream(), found)) {
      return diagnostic.help("`" + found.getText() + "` is a word of the language: choose another name");
    }
    return misspelt(diagnostic, expected, parser, found);
  }

  private Diagnostic missingAnswer(DlvParser parser, Token found, Span at) {
    Diagnostic diagnostic = Diagnostic.error("syntax", at, "this body has no answer")
        .label("its value is missing here")
        .note("the body begins here", tokens.places().span(opening(found)));
    Token minus = leadingMinus(parser.getTokenStream(), found.getTokenIndex());
    Token bracket = looseBracket(parser.getTokenStream(), found.getTokenIndex());
    if (minus == null && bracket != null) {
      return diagnostic.note("this bracket goes on with what stands before it", tokens.places().span(bracket))
          .help("an answer that begins with a bracket stands on a line of its own");
    }
    return minus == null
        ? diagnostic.help("the last thing in a body is its value: write an expression after the statements")
        : diagnostic
            .note("this minus goes on with the line before", tokens.places().span(minus))
            .help("an answer that begins with a minus stands in parentheses: `(-x)`");
  }

  private Diagnostic afterAnswer(DlvParser parser, Token found, Span at) {
    if (STATEMENTS.contains(found.getType()) || found.getType() == DlvParser.NEXT) {
      return Diagnostic.error("syntax", at, "a statement after the answer")
          .help("the answer is the last thing in a body: give the expression before this line a name with `let`, "
              + "or move it to the end");
    }
    Token before = previous(parser.getTokenStream(), found.getTokenIndex());
    if (found.getType() == DlvParser.IS && parser.getTokenStream().LA(2) == DlvParser.GT) {
      return Diagnostic.error("syntax", at, "`=` does not fit here").help("an arrow is `->`");
    }
    if (found.getType() == DlvParser.IS && before.getType() == DlvParser.NAME) {
      return assignment(Diagnostic.error("syntax", at, "`=` does not fit here"), before);
    }
    Diagnostic diagnostic = Diagnostic.error("syntax", at,
            "the answer ends before " + describe(found) + ", and a body has only one")
        .label("expected `}`");
    if (ELSEWHERE.containsKey(before.getText())) {
      return diagnostic.help(ELSEWHERE.get(before.getText()));
    }
    return before.getType() == DlvParser.NAME && isWord(found)
        ? Suggest.help(diagnostic, before.getText(), words(STATEMENTS))
        : diagnostic.help("give the expression before it a name with `let`, or join the two");
  }

  private Diagnostic assignment(Diagnostic diagnostic, Token name) {
    String text = name.getText();
    return diagnostic.help(
        "`let " + text + " = …` gives a value a name, `" + text + "' = …` gives a state its next value");
  }

  private static boolean isInside(DlvParser parser, int rule) {
    ParserRuleContext context = parser.getContext();
    while (context != null && context.getRuleIndex() != rule) {
      context = context.getParent();
    }
    return context != null;
  }

  private static boolean followedByIs(DlvParser parser, Token found) {
    return found.getType() == DlvParser.NAME && parser.getTokenStream().LA(2) == DlvParser.IS;
  }

  /** The diagnostic for something that begins nothing a block can hold. */
  Diagnostic unexpected(DlvParser parser, int block) {
    Token found = parser.getCurrentToken();
    String kind = switch (block) {
      case DlvParser.RULE_file -> "a declaration";
      case DlvParser.RULE_lines -> "a line of training";
      case DlvParser.RULE_parts -> "a name";
      default -> "a statement";
    };
    Diagnostic diagnostic = Diagnostic.error("syntax", tokens.places().span(found),
        "expected " + kind + ", but found " + describe(found));
    return misspelt(diagnostic, new IntervalSet(), parser, found);
  }

  /** Adds which word of the language a name was probably meant to be: the one found, or the one before it. */
  private static Diagnostic misspelt(
      Diagnostic diagnostic, IntervalSet expected, DlvParser parser, Token found) {
    List<String> fitting = expected.toSet().stream().map(Expectation::literal).filter(Expectation::isWord).toList();
    if (found.getType() == DlvParser.NAME && !Suggest.near(found.getText(), fitting).isEmpty()) {
      return Suggest.help(diagnostic, found.getText(), fitting);
    }
    Token before = previous(parser.getTokenStream(), found.getTokenIndex());
    Token start = before;
    while (start != null && !isFirstOnLine(parser.getTokenStream(), start)) {
      start = previous(parser.getTokenStream(), start.getTokenIndex());
    }
    if (start == null || start.getType() != DlvParser.NAME) {
      return diagnostic;
    }
    return Suggest.question(start.getText(), words(LINES)).map(diagnostic::help).orElse(diagnostic);
  }

  private static IntervalSet expected(RecognitionException e) {
    boolean atStart = !(e instanceof NoViableAltException choice) || choice.getStartToken() == e.getOffendingToken();
    IntervalSet expected = atStart ? e.getExpectedTokens() : null;
    return expected == null ? new IntervalSet() : expected;
  }

  private String expectedButFound(DlvParser parser, IntervalSet expected, Token found) {
    List<String> names = names(expected);
    if (names.isEmpty() || names.size() > 5) {
      return describe(found) + " does not fit here";
    }
    Token before = previous(parser.getTokenStream(), found.getTokenIndex());
    boolean onNextLine = before != null && isFirstOnLine(parser.getTokenStream(), found)
        && names.get(0).equals("an expression");
    return "expected " + oneOf(names) + (onNextLine ? " after " + describe(before) : "")
        + ", but found " + describe(found);
  }

  /** What can stand there: kinds of things first, then single words and signs. */
  private static List<String> names(IntervalSet expected) {
    Set<Integer> left = new TreeSet<>(expected.toSet());
    List<String> names = new ArrayList<>();
    take(left, ITEMS, "a declaration", names);
    if (left.containsAll(LINES)) {
      take(left, LINES, "a line of training", names);
      left.remove(DlvParser.NAME);
    }
    take(left, STATEMENTS, "a statement", names);
    if (left.contains(DlvParser.NUMBER)) {
      take(left, OPERANDS, "an expression", names);
      left.removeAll(Set.of(DlvParser.MINUS, DlvParser.NOT));
    } else if (left.remove(DlvParser.NAME)) {
      names.add("a name");
      left.removeIf(type -> isWord(literal(type)));
    }
    left.remove(left.contains(DlvParser.OPEN) ? DlvParser.PAREN : Token.INVALID_TYPE);
    left.remove(left.contains(DlvParser.OPEN_LIST) ? DlvParser.BRACKET : Token.INVALID_TYPE);
    left.forEach(type -> names.add(nameOf(type)));
    return names;
  }

  private static void take(Set<Integer> from, Set<Integer> kind, String name, List<String> names) {
    if (from.containsAll(kind)) {
      from.removeAll(kind);
      names.add(name);
    }
  }

  private static String nameOf(int type) {
    return switch (type) {
      case Token.EOF -> END;
      case DlvParser.NAME -> "a name";
      case DlvParser.NEXT -> "`name' =`";
      case DlvParser.TEXT -> "a text";
      case DlvParser.NUMBER -> "a number";
      case DlvParser.PAREN -> "`(`";
      case DlvParser.BRACKET -> "`[`";
      default -> literal(type).isEmpty() ? "something else" : "`" + literal(type) + "`";
    };
  }

  private String describe(Token found) {
    if (found.getType() == Token.EOF) {
      return tokens.places().endsFile() ? END : "the end of the text between the braces";
    }
    String text = tokens.places().span(found).text();
    if (found.getType() == DlvParser.TEXT) {
      return "a text";
    }
    return "`" + (text.length() > 40 ? text.substring(0, text.offsetByCodePoints(0, 20)) + "…" : text) + "`";
  }

  private static String oneOf(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : names.stream().limit(last).collect(Collectors.joining(", ")) + " or " + names.get(last);
  }

  private static List<String> words(Set<Integer> types) {
    return types.stream().map(Expectation::literal).toList();
  }

  private static boolean isWord(Token token) {
    return Character.isLetter(token.getText().codePointAt(0)) && token.getType() != Token.EOF;
  }

  private static boolean isWord(String literal) {
    return !literal.isEmpty() && Character.isLetter(literal.charAt(0));
  }

  /** How a kind of token is written; empty if it can be written in several ways. */
  private static String literal(int type) {
    String quoted = type == Token.EOF ? null : DlvParser.VOCABULARY.getLiteralName(type);
    return quoted == null ? "" : quoted.substring(1, quoted.length() - 1);
  }

  static boolean isFirstOnLine(TokenStream stream, Token token) {
    Token before = previous(stream, token.getTokenIndex());
    return before == null || before.getLine() < token.getLine();
  }

  private static Token previous(TokenStream stream, int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (stream.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
        return stream.get(i);
      }
    }
    return null;
  }

  /** The bracket that a closing one closes. */
  private Token opening(Token close) {
    int open = 0;
    for (int i = close.getTokenIndex(); ; i--) {
      boolean hidden = tokens.all().get(i).getChannel() != Token.DEFAULT_CHANNEL;
      int type = hidden ? Token.INVALID_TYPE : tokens.all().get(i).getType();
      if (type == DlvParser.CLOSE || type == DlvParser.CLOSE_LIST || type == DlvParser.CLOSE_BODY) {
        open++;
      } else if (Brackets.closing(type) != Token.INVALID_TYPE && --open == 0) {
        return tokens.all().get(i);
      }
    }
  }

  /** The bracket, after a blank on the same line, of a call or an index that ends before a token; null without one. */
  private Token looseBracket(TokenStream stream, int index) {
    Token last = previous(stream, index);
    if (last.getType() != DlvParser.CLOSE && last.getType() != DlvParser.CLOSE_LIST) {
      return null;
    }
    Token open = opening(last);
    Token before = previous(stream, open.getTokenIndex());
    boolean loose = before != null && before.getTokenIndex() < open.getTokenIndex() - 1
        && before.getLine() == open.getLine()
        && (before.getType() == DlvParser.NAME || before.getType() == last.getType());
    return loose ? open : null;
  }

  /** The minus that begins a line of the last statement before a token, at the same depth; null if there is none. */
  private static Token leadingMinus(TokenStream stream, int index) {
    int open = 0;
    Token minus = null;
    for (int i = index - 1; i >= 0; i--) {
      Token token = stream.get(i);
      int type = token.getChannel() == Token.DEFAULT_CHANNEL ? token.getType() : Token.INVALID_TYPE;
      if (type == DlvParser.CLOSE || type == DlvParser.CLOSE_LIST || type == DlvParser.CLOSE_BODY) {
        open++;
      } else if (Brackets.closing(type) != Token.INVALID_TYPE && --open < 0) {
        break;
      } else if (open == 0 && (STATEMENTS.contains(type) || type == DlvParser.IS)) {
        break;
      } else if (open == 0 && type == DlvParser.MINUS && isFirstOnLine(stream, token)) {
        minus = token;
      }
    }
    return minus;
  }
}

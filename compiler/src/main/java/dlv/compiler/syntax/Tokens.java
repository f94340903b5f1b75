package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.source.Limits;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.grammar.DlvLexer;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * The words and signs of a text, checked one by one: numbers are in range, texts end, brackets pair up, and nothing
 * nests deeper than the parser can follow. What is wrong is reported and then given a harmless form, so that the
 * parser can look for further errors on the other lines.
 */
final class Tokens {

  private final Places places;
  private final Diagnostics diagnostics;
  private final List<Token> all = new ArrayList<>();
  private final Set<Integer> spoiltLines = new HashSet<>();
  private final Set<Integer> documenting = new HashSet<>();
  private boolean textLeftOpen;
  private boolean bracketsPair;
  private int badSince = -1;

  private Tokens(Places places, Diagnostics diagnostics) {
    this.places = places;
    this.diagnostics = diagnostics;
  }

  /** Reads the tokens of the file's text between two offsets. */
  static Tokens read(SourceFile file, int start, int end, Diagnostics diagnostics) {
    Tokens tokens = new Tokens(new Places(file, start, end), diagnostics);
    tokens.read(file.text().substring(start, end));
    return tokens;
  }

  List<Token> all() {
    return all;
  }

  Places places() {
    return places;
  }

  /** Whether a parser can make sense of them: texts end and brackets pair. */
  boolean parsable() {
    return bracketsPair && !textLeftOpen;
  }

  /** Whether an error has been reported on the line, so that others there are probably its consequences. */
  boolean isSpoilt(int line) {
    return spoiltLines.contains(line);
  }

  /** The lines of {@code ///} directly before a declaration, parameter or weight; empty if there are none. */
  String doc(ParserRuleContext declared) {
    Deque<String> lines = new ArrayDeque<>();
    int line = Integer.MAX_VALUE;
    for (int i = declared.getStart().getTokenIndex() - 1; i >= 0; i--) {
      Token token = all.get(i);
      boolean isDoc = token.getType() == DlvLexer.DOC;
      if (token.getChannel() == Token.DEFAULT_CHANNEL || isDoc && line - token.getLine() > 1 && !lines.isEmpty()) {
        break;
      }
      if (isDoc) {
        documenting.add(i);
        lines.addFirst(token.getText().substring(3).replaceFirst("^ ", "").stripTrailing());
        line = token.getLine();
      }
    }
    return String.join("\n", lines);
  }

  /** A warning for each block of {@code ///} that stands before nothing that it could document. */
  List<Diagnostic> idleDocs() {
    List<Diagnostic> idle = new ArrayList<>();
    int line = -1;
    for (int i = 0; i < all.size(); i++) {
      Token token = all.get(i);
      if (token.getType() == DlvLexer.DOC && !documenting.contains(i)) {
        Span span = places.span(token);
        Span slashes = span.file().span(span.start(), span.start() + 3);
        if (token.getLine() != line + 1) {
          idle.add(Diagnostic.warning("comment", slashes, "this `///` comment documents nothing")
              .note("it documents the declaration, block, parameter, weight or state that follows it")
              .help("write `//`", slashes, "//"));
        }
        line = token.getLine();
      }
    }
    return idle;
  }

  private void read(String text) {
    var lexer = new DlvLexer(CharStreams.fromString(text, places.file().name()));
    lexer.removeErrorListeners();
    var nesting = new Nesting(places);
    for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
      ((CommonToken) token).setTokenIndex(all.size());
      all.add(check((CommonToken) token));
      nesting.see(token);
      if (token.getType() == Token.EOF) {
        break;
      }
    }
    bracketsPair = nesting.isBalanced() || textLeftOpen || new Brackets(places, this::report).explain(all);
  }

  private Token check(CommonToken token) {
    if (token.getType() != DlvLexer.BAD && badSince >= 0) {
      reportCharacters();
    }
    switch (token.getType()) {
      case DlvLexer.NUMBER -> Literals.checkNumber(token.getText(), places.span(token)).ifPresent(this::report);
      case DlvLexer.TEXT -> Literals.checkText(token.getText(), places.span(token)).ifPresent(this::report);
      case DlvLexer.NAME, DlvLexer.NEXT -> checkName(token);
      case DlvLexer.BAD_NUMBER -> {
        report(Literals.badNumber(token.getText(), places.span(token)));
        token.setType(DlvLexer.NUMBER);
      }
      case DlvLexer.OPEN_TEXT -> {
        report(Diagnostic.error("text", places.span(token), "this text is never closed")
            .label("begins here")
            .help("a text ends with `\"` on the line where it begins"));
        textLeftOpen = true;
        token.setType(DlvLexer.TEXT);
      }
      case DlvLexer.BLOCK -> {
        Span opening = places.span(token);
        report(Diagnostic.error("comment", opening.file().span(opening.start(), opening.start() + 2),
                "a comment begins with `//` and ends with its line")
            .help("begin each line of it with `//`"));
      }
      case DlvLexer.BAD -> {
        badSince = badSince < 0 ? all.size() : badSince;
        token.setChannel(Token.HIDDEN_CHANNEL);
      }
      default -> { }
    }
    return token;
  }

  /** Names that look the same are the same: letters with accents are composed (Unicode normal form C). */
  private void checkName(CommonToken name) {
    String composed = Normalizer.normalize(name.getText(), Normalizer.Form.NFC);
    if (!composed.equals(name.getText())) {
      name.setText(composed);
    }
    int length = name.getStopIndex() - name.getStartIndex() + 1;
    if (length > Limits.NAME) {
      report(Diagnostic.error("limit", places.span(name),
              "a name of " + length + " characters: the limit is " + Limits.NAME)
          .note("names become names of files"));
    }
  }

  private void reportCharacters() {
    Span first = places.span(all.get(badSince));
    Span span = first.to(places.span(all.get(all.size() - 1)));
    badSince = -1;
    report(Characters.explain(span));
  }

  private void report(Diagnostic diagnostic) {
    spoiltLines.add(diagnostic.span().line());
    diagnostics.add(diagnostic);
  }
}

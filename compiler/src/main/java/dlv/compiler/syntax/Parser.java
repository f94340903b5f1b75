package dlv.compiler.syntax;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.source.SourceFile;
import dlv.grammar.DlvParser;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Reads {@code .dlv} text. */
public final class Parser {

  private Parser() {}

  /**
   * The syntax of a file.
   *
   * @throws CompileException carrying every error of the file, in the order of their places
   */
  public static SourceUnit parse(SourceFile file) {
    Diagnostics diagnostics = new Diagnostics();
    int end = file.text().length();
    try {
      Tokens tokens = Tokens.read(file, 0, end, diagnostics);
      var tree = tree(tokens, DlvParser::file, diagnostics);
      diagnostics.throwIfErrors();
      var items = tree.map(found -> new ItemBuilder(tokens, diagnostics).all(found)).orElseThrow();
      if (items.isEmpty()) {
        diagnostics.add(Diagnostic.error("empty", file.span(0, 0), "nothing is declared in this file")
            .help("a file declares networks: `network Name(x: float[n]) -> float[k] { x -> Dense(k) }`"));
      }
      diagnostics.throwIfErrors();
      return new SourceUnit(file, items, tokens.idleDocs(), file.span(0, end));
    } catch (StackOverflowError e) {
      throw new CompileException(Diagnostic.error("limit", file.span(0, 0), "this file nests too deep to be read")
          .help("give inner parts names with `let`, or give Java a larger stack (-Xss)"));
    }
  }

  /** The expression between two offsets of a file, unless it has errors, which are added to the diagnostics. */
  static Optional<Expression> hole(SourceFile file, int start, int end, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    Tokens tokens = Tokens.read(file, start, end, own);
    var tree = tree(tokens, DlvParser::hole, own);
    diagnostics.addAll(own.list());
    return own.hasErrors()
        ? Optional.empty()
        : tree.map(found -> new ItemBuilder(tokens, diagnostics).expression(found.expression()));
  }

  /**
   * The parse tree, first by the fast way, which is enough for a text without errors. Where it fails the text is read
   * again with full lookahead, and its errors are reported.
   */
  private static <C extends ParserRuleContext> Optional<C> tree(
      Tokens tokens, Function<DlvParser, C> rule, Diagnostics diagnostics) {
    if (!tokens.parsable()) {
      return Optional.empty();
    }
    var parser = new DlvParser(new CommonTokenStream(new ListTokenSource(tokens.all())));
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return Optional.of(rule.apply(parser));
    } catch (ParseCancellationException e) {
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      parser.setErrorHandler(new Recovery(tokens, diagnostics));
      return Optional.of(rule.apply(parser));
    }
  }
}

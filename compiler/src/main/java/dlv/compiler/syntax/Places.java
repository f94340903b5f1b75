package dlv.compiler.syntax;

import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.grammar.DlvLexer;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * Finds the place of a token. The lexer counts code points from the beginning of the text it was given; places count
 * characters from the beginning of the file.
 */
final class Places {

  private final SourceFile file;
  private final int base;
  private final int end;
  private final int[] offsets;

  /** The places of tokens made from the file's text between two offsets. */
  Places(SourceFile file, int start, int end) {
    this.file = file;
    this.base = start;
    this.end = end;
    String text = file.text();
    int points = text.codePointCount(start, end);
    this.offsets = points == end - start ? new int[0] : offsets(text, start, points);
  }

  SourceFile file() {
    return file;
  }

  /** Whether the text goes on to the end of the file. */
  boolean endsFile() {
    return end == file.text().length();
  }

  /** The place of a token; a bracket that begins a line is only the bracket, not the blanks before it. */
  Span span(Token token) {
    int stop = token.getStopIndex() + 1;
    boolean afterBlanks = token.getType() == DlvLexer.PAREN || token.getType() == DlvLexer.BRACKET;
    int start = afterBlanks ? stop - 1 : token.getStartIndex();
    return new Span(file, offset(start), offset(Math.max(start, stop)));
  }

  Span span(ParserRuleContext context) {
    return span(context, context);
  }

  Span span(ParserRuleContext first, ParserRuleContext last) {
    return span(first.getStart()).to(span(last.getStop()));
  }

  private int offset(int point) {
    return offsets.length == 0 ? base + point : offsets[point];
  }

  private static int[] offsets(String text, int start, int points) {
    int[] offsets = new int[points + 1];
    int offset = start;
    for (int i = 0; i <= points; i++) {
      offsets[i] = offset;
      offset = i < points ? text.offsetByCodePoints(offset, 1) : offset;
    }
    return offsets;
  }
}

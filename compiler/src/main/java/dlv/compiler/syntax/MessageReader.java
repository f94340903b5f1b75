package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Takes a text with holes apart: what stands between braces is an expression, a brace that is meant stands twice. */
final class MessageReader {

  private final SourceFile file;
  private final int end;
  private final Diagnostics diagnostics;
  private final List<String> texts = new ArrayList<>();
  private final List<Expression> holes = new ArrayList<>();
  private int at;

  private MessageReader(Span span, Diagnostics diagnostics) {
    this.file = span.file();
    this.at = span.start() + 1;
    this.end = span.end() - 1;
    this.diagnostics = diagnostics;
  }

  /** Reads the message that stands, quotes included, at a place. */
  static Message read(Span span, Diagnostics diagnostics) {
    MessageReader reader = new MessageReader(span, diagnostics);
    reader.read();
    return new Message(reader.texts, reader.holes, span);
  }

  private void read() {
    StringBuilder text = new StringBuilder();
    while (at < end) {
      char c = file.text().charAt(at);
      boolean brace = c == '{' || c == '}';
      boolean twice = brace && at + 1 < end && file.text().charAt(at + 1) == c;
      int close = c == '{' && !twice ? partner() : -1;
      if (close > 0) {
        texts.add(Literals.unescape(text.toString()));
        text.setLength(0);
        holes.add(hole(at + 1, close));
        at = close + 1;
      } else if (brace && !twice) {
        diagnostics.add(Diagnostic.error("text", file.span(at, at + 1), "this brace has no partner")
            .help("a brace that is meant is written twice", file.span(at, at + 1), "" + c + c));
        at++;
      } else {
        text.append(c);
        at += twice ? 2 : 1;
      }
    }
    texts.add(Literals.unescape(text.toString()));
  }

  /** Where the hole that opens here closes; -1 if another opens before, or none closes. */
  private int partner() {
    String text = file.text();
    for (int i = at + 1; i < end && text.charAt(i) != '{'; i++) {
      if (text.charAt(i) == '}') {
        return i;
      }
    }
    return -1;
  }

  private Expression hole(int start, int close) {
    return Parser.hole(file, start, close, diagnostics)
        .orElseGet(() -> new Expression.Text("", file.span(start, close)));
  }
}

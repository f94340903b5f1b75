package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import java.util.List;

/** A whole file: its items in the order in which they stand, and what is probably unintended about its text. */
public record SourceUnit(SourceFile file, List<Item> items, List<Diagnostic> warnings, Span span) {

  public SourceUnit {
    items = List.copyOf(items);
    warnings = List.copyOf(warnings);
  }
}

package dlv.compiler.syntax;

import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import java.util.List;

/** A whole file: its items in the order in which they stand. */
public record SourceUnit(SourceFile file, List<Item> items, Span span) {

  public SourceUnit {
    items = List.copyOf(items);
  }
}

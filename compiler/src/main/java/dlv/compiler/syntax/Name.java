package dlv.compiler.syntax;

import dlv.compiler.source.Span;

/** A name at the place where it is introduced, or where a clause or label mentions it. */
public record Name(String text, Span span) {

  @Override
  public String toString() {
    return text;
  }
}

package dlv.compiler.source;

import java.util.Objects;

/** A place in a source file: the characters from offset {@code start} up to, not including, {@code end}. */
public record Span(SourceFile file, int start, int end) {

  public Span {
    Objects.requireNonNull(file, "file");
    if (start < 0 || end < start || end > file.text().length()) {
      throw new IllegalArgumentException(
          "no place " + start + ".." + end + " in " + file + " of " + file.text().length() + " characters");
    }
  }

  /** The line of the first character, from 1. */
  public int line() {
    return file.lineAt(start);
  }

  /** The column of the first character, from 1, in code points. */
  public int column() {
    return file.columnAt(start);
  }

  /** The text that stands there. */
  public String text() {
    return file.text().substring(start, end);
  }

  /** The smallest place that holds both. */
  public Span to(Span other) {
    if (other.file != file) {
      throw new IllegalArgumentException("places in two files: " + this + " and " + other);
    }
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** Whether this lies in {@code other}, or is it. */
  public boolean isWithin(Span other) {
    return file == other.file && start >= other.start && end <= other.end;
  }

  /** {@code file:line:column}, as editors and terminals understand it. */
  @Override
  public String toString() {
    return file.name() + ":" + line() + ":" + column();
  }
}

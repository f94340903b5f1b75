package dlv.compiler.diagnostic;

import java.util.Locale;

/** How bad it is: what cannot be right is an error, what is probably unintended a warning. */
public enum Severity {
  ERROR,
  WARNING;

  /** The word people read: {@code error} or {@code warning}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

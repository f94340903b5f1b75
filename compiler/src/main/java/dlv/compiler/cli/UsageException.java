package dlv.compiler.cli;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import java.util.List;

/** The command was not called as it can be. */
final class UsageException extends RuntimeException {

  private final Diagnostic diagnostic;

  UsageException(String message, String help) {
    super(message, null, false, false);
    Diagnostic plain = Diagnostic.error("usage", Failures.nowhere(), message);
    this.diagnostic = help.isEmpty() ? plain : plain.help(help);
  }

  /** A name that is none of those there are: what was probably meant, else which there are. */
  static UsageException unknown(String nothing, String written, List<String> names) {
    return new UsageException(nothing + " `" + written + "`", Suggest.question(written, names)
        .orElse(names.isEmpty() ? "" : "there is: " + String.join(", ", names)));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}

package dlv.compiler.cli;

import dlv.compiler.diagnostic.Diagnostic;

/** The command was not called as it can be. */
final class UsageException extends RuntimeException {

  private final Diagnostic diagnostic;

  UsageException(String message, String help) {
    super(message, null, false, false);
    Diagnostic plain = Diagnostic.error("usage", Failures.nowhere(), message);
    this.diagnostic = help.isEmpty() ? plain : plain.help(help);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}

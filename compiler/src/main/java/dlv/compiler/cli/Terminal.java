package dlv.compiler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is known about the terminal, if there is one. */
final class Terminal {

  /** The standard streams, by the numbers the system gives them. */
  enum Stream {
    OUT(1),
    ERR(2);

    private final int number;

    Stream(int number) {
      this.number = number;
    }
  }

  private Terminal() {}

  /** Whether a stream shows colours: it is a terminal that has them, and {@code NO_COLOR} is not set (no-color.org). */
  static boolean wantsColour(Stream stream) {
    String noColour = System.getenv("NO_COLOR");
    return (noColour == null || noColour.isEmpty())
        && !"dumb".equals(System.getenv("TERM"))
        && isTerminal(stream);
  }

  /** Whether somebody sits before a stream. */
  static boolean isTerminal(Stream stream) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream.number)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}

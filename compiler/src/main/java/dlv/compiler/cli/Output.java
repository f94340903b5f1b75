package dlv.compiler.cli;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.JsonRenderer;
import dlv.compiler.diagnostic.TextRenderer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Where a command writes: answers to the standard output, messages to the standard error, both in UTF-8. */
final class Output {

  /** In which form a command answers. */
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Nobody reads the standard output any more. */
  static final class Closed extends RuntimeException {
    Closed() {
      super("the output is closed", null, false, false);
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;

  Output(OutputStream out, OutputStream err, boolean colour) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.colour = colour;
  }

  /** The streams of this process. */
  static Output ofProcess() {
    return new Output(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
        Terminal.wantsColour(Terminal.Stream.ERR));
  }

  /** The standard output, for picocli's help. */
  PrintWriter writer() {
    return new PrintWriter(out, true);
  }

  boolean colour() {
    return colour;
  }

  /**
   * Writes an answer.
   *
   * @throws Closed if nobody reads it
   */
  void print(String text) {
    out.print(text);
    if (out.checkError()) {
      throw new Closed();
    }
  }

  /** Writes something for people beside the answer. */
  void message(String text) {
    err.print(text);
  }

  /** Writes diagnostics: as text beside the answer, or as JSON as the answer. */
  void report(List<Diagnostic> diagnostics, Format format) {
    if (format == Format.JSON) {
      print(JsonRenderer.render(diagnostics));
    } else {
      message(TextRenderer.render(diagnostics, colour));
    }
  }
}

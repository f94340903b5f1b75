package dlv.compiler.cli;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Severity;
import dlv.compiler.emit.java.OutputException;
import dlv.compiler.lower.Unsupported;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.runtime.data.DataException;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceOutOfMemory;
import dlv.runtime.train.Diverged;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells people what went wrong, whatever it was, and scripts by the exit code. */
final class Failures {

  /** Where {@code --debug} writes what a developer needs to see. */
  static final Path TRACE = Path.of("dlvc-trace.txt");

  /** What is wrong with files of data and weights, whoever finds it. */
  private static final String DATA = "data";

  private final Output output;
  private final Output.Format format;
  private final boolean debug;

  Failures(Output output, Output.Format format, boolean debug) {
    this.output = output;
    this.format = format;
    this.debug = debug;
  }

  /** Reports a failure and says how the command ended. */
  ExitCode report(Throwable failure) {
    if (failure instanceof Output.Closed) {
      return ExitCode.OUTPUT_CLOSED;
    }
    output.report(diagnostics(failure), format);
    if (debug) {
      trace(failure);
    }
    return exitCode(failure);
  }

  /** How a command ends that found these: a source with errors is worse than data that are missing or wrong. */
  static ExitCode exitCode(List<Diagnostic> found) {
    List<Diagnostic> errors = found.stream().filter(each -> each.severity() == Severity.ERROR).toList();
    return errors.isEmpty() ? ExitCode.OK
        : errors.stream().allMatch(error -> error.code().equals(DATA)) ? ExitCode.DATA : ExitCode.SOURCE;
  }

  private static ExitCode exitCode(Throwable failure) {
    if (failure instanceof CompileException compile) {
      return exitCode(compile.diagnostics());
    } else if (failure instanceof Unsupported || failure instanceof OutputException) {
      return ExitCode.SOURCE;
    } else if (failure instanceof UsageException) {
      return ExitCode.USAGE;
    } else if (failure instanceof DataException) {
      return ExitCode.DATA;
    } else if (failure instanceof DeviceOutOfMemory) {
      return ExitCode.DEVICE_MEMORY;
    } else if (failure instanceof DeviceException) {
      return ExitCode.DEVICE;
    } else if (failure instanceof Diverged) {
      return ExitCode.DIVERGED;
    }
    return ExitCode.INTERNAL;
  }

  private static List<Diagnostic> diagnostics(Throwable failure) {
    if (failure instanceof CompileException compile) {
      return compile.diagnostics();
    } else if (failure instanceof UsageException usage) {
      return List.of(usage.diagnostic());
    } else if (failure instanceof OutputException refused) {
      return List.of(helped(Diagnostic.error("output", nowhere(), refused.getMessage()), refused.help()));
    } else if (failure instanceof DataException data) {
      String file = data.file() + (data.place().isEmpty() ? "" : ":" + data.place());
      return List.of(helped(Diagnostic.error(DATA, at(file), data.problem()), data.help()));
    } else if (failure instanceof DeviceException device) {
      String code = device instanceof DeviceOutOfMemory ? "memory" : "device";
      return List.of(helped(Diagnostic.error(code, nowhere(), device.getMessage()), device.help()));
    } else if (failure instanceof Diverged) {
      return List.of(Diagnostic.error("diverged", nowhere(), failure.getMessage()));
    } else if (failure instanceof Unsupported unsupported) {
      Span span = unsupported.origin().span();
      return List.of(Diagnostic.error("unsupported", span == null ? nowhere() : span, failure.getMessage()));
    } else if (failure instanceof OutOfMemoryError) {
      return List.of(Diagnostic.error("internal", nowhere(), "Java has too little memory")
          .help("give it more: DLV_JAVA_OPTIONS=-Xmx4g dlvc …"));
    }
    return List.of(internal(failure));
  }

  private static Diagnostic helped(Diagnostic diagnostic, String help) {
    return help == null || help.isBlank() ? diagnostic : diagnostic.help(help);
  }

  private static Diagnostic internal(Throwable failure) {
    String reason = failure.getMessage() == null ? "" : ": " + failure.getMessage().lines().findFirst().orElse("");
    return Diagnostic.error("internal", nowhere(), "a bug of dlvc: " + failure.getClass().getSimpleName() + reason)
        .help("please report it with the .dlv file; with --debug the details are written to " + TRACE);
  }

  private void trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    try {
      Files.writeString(TRACE, text.toString());
      output.message("details are in " + TRACE + "\n");
    } catch (IOException | UncheckedIOException e) {
      output.message("details could not be written to " + TRACE + "\n");
    }
  }

  /** No place: what went wrong has nothing to do with a line of a file. */
  static Span nowhere() {
    return at("");
  }

  private static Span at(String file) {
    return new SourceFile(file, "").span(0, 0);
  }
}

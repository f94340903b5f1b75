package dlv.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Another Java process with this one's class path. */
final class Child {
  private final Class<?> main;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> options = new ArrayList<>();

  private Child(Class<?> main) {
    this.main = main;
  }

  /** A process that runs this class. */
  static Child of(Class<?> main) {
    return new Child(main);
  }

  /** Sets a variable of its environment; an empty value removes it. */
  Child with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Adds options of the virtual machine. */
  Child option(String... added) {
    options.addAll(List.of(added));
    return this;
  }

  /** Runs it with this process's output; the answer is its exit code. */
  int run(String... arguments) throws IOException, InterruptedException {
    return builder(arguments).inheritIO().start().waitFor();
  }

  /** Runs it, and answers what it printed; {@link IOException} where it fails. */
  String output(String... arguments) throws IOException, InterruptedException {
    Process process = builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(main.getSimpleName() + " " + String.join(" ", arguments) + " ended with code " + code
          + "\n" + text);
    }
    return text;
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    environment.forEach((variable, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(variable);
      } else {
        builder.environment().put(variable, value);
      }
    });
    return builder;
  }
}

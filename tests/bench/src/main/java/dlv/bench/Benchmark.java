package dlv.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command: {@code Benchmark [suite,suite…]} measures the suites, each in a process of its own. */
public final class Benchmark {
  private static final String IN_THIS_PROCESS = "--in-this-process";

  private Benchmark() {}

  /** Runs the suites that the arguments name, all without arguments; exit code 1 where one fails, 2 for a wrong name. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals(IN_THIS_PROCESS)) {
      Suite.valueOf(arguments[1]).run(System.out);
      System.out.flush();
      System.exit(0); // the peer's threads do not end by themselves
    }
    List<Suite> suites;
    try {
      suites = Suite.named(Arrays.stream(arguments).flatMap(a -> Arrays.stream(a.split(",")))
          .map(String::strip).filter(a -> !a.isEmpty()).toList());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    machine(System.out);
    boolean failed = false;
    for (Suite suite : suites) {
      int code = Child.of(Benchmark.class).option(Race.option()).with("OPENBLAS_NUM_THREADS", suite.blasThreads())
          .run(IN_THIS_PROCESS, suite.name());
      if (code != 0) {
        System.err.println("the suite " + suite.word() + " failed with exit code " + code);
        failed = true;
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static void machine(PrintStream out) throws IOException {
    out.println("# Benchmark");
    out.println();
    out.println(System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
        + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors"
        + processor().map(p -> " (" + p + ")").orElse("") + "; the peer is PyTorch's C++ library.");
    out.flush();
  }

  private static Optional<String> processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines.filter(l -> l.startsWith("model name")).map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst();
    }
  }
}

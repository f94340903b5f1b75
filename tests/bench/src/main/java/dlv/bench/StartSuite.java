package dlv.bench;

import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long it takes until the first step is done, from the text on. */
final class StartSuite {
  private static final String BLOCK = LenetProof.Kind.SGD.block();

  private StartSuite() {}

  /** Measures fresh processes: with the driver's cache of kernels empty, then with what the first one left there. */
  static void run(PrintStream out) throws IOException, InterruptedException {
    Table table = new Table("LeNet-5, SGD step, batch 128", "check", "compile", "open", "first step", "all");
    Path cache = Files.createTempDirectory("kernels");
    try {
      for (String name : new String[] {"new process, no kernels in the driver's cache", "new process, kernels there"}) {
        String[] lines = Child.of(StartSuite.class).with("POCL_CACHE_DIR", cache.toString()).output().strip()
            .split("\n");
        row(table, name, lines[0]);
        if (name.endsWith("there")) {
          row(table, "again in that process", lines[1]);
        }
      }
    } finally {
      DigitsFolder.delete(cache);
    }
    table.print("From the text to the first step", out);
  }

  private static void row(Table table, String name, String line) {
    List<String> cells = new ArrayList<>(List.of(name));
    double all = 0;
    for (String nanos : line.split(" ")) {
      double seconds = Long.parseLong(nanos) / 1e9;
      cells.add(Table.time(seconds));
      all += seconds;
    }
    cells.add(Table.time(all));
    table.row(cells.toArray(String[]::new));
  }

  /** In a process: prints nanoseconds of checking, compiling, opening and the first step, twice. */
  public static void main(String[] arguments) throws IOException {
    try (Device device = Device.open("cpu");
         DigitsFolder folder = DigitsFolder.of(Digits.random(LenetSuite.BATCH, 2))) {
      for (int i = 0; i < 2; i++) {
        System.out.println(start(device, folder.path()));
      }
    }
  }

  private static String start(Device device, Path digits) throws IOException {
    long begin = System.nanoTime();
    Subject subject = Subject.lenet(device, digits);
    long checked = System.nanoTime();
    CompiledUnit unit = subject.compile(BLOCK);
    long compiled = System.nanoTime();
    try (Session session = subject.open(BLOCK, unit)) {
      session.trainer().executable().finish();
      long opened = System.nanoTime();
      session.trainer().iterate(1);
      session.trainer().executable().finish();
      long stepped = System.nanoTime();
      return (checked - begin) + " " + (compiled - checked) + " " + (opened - compiled) + " " + (stepped - opened);
    }
  }
}

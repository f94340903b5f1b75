package dlv.bench;

import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Work;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where dlv's own time goes: each kernel of LeNet-5's steps and inference, waited for alone. */
final class KernelSuite {
  private static final int PASSES = 300;
  private static final int WARM_UP = 20;

  private KernelSuite() {}

  /** Times all kernels of both train blocks and of the network. */
  static void run(PrintStream out) throws IOException {
    try (Device device = Device.open("cpu"); DigitsFolder folder = DigitsFolder.of(Digits.random(LenetSuite.ROWS, 2))) {
      Subject subject = Subject.lenet(device, folder.path());
      for (LenetProof.Kind kind : LenetProof.Kind.values()) {
        try (Session session = subject.block(kind.block())) {
          times(kind + " step, batch " + LenetSuite.BATCH, session.trainer().executable(), "iterate",
              session.trainer()::iterate, out);
        }
      }
      try (Executable network = subject.network("LeNet5", LenetSuite.BATCH)) {
        BoundEntry run = network.entry("run");
        run.write("image", Digits.random(LenetSuite.BATCH, 2).values());
        times("inference, batch " + LenetSuite.BATCH, network, "run", launches -> launches.accept(run), out);
      }
    }
  }

  /** Passes through an entry in order, each launch waited for, so that states move as they do in training. */
  private static void times(String work, Executable executable, String name, Consumer<Consumer<BoundEntry>> pass,
                            PrintStream out) {
    int count = executable.entry(name).launches();
    double[][] seconds = new double[count][PASSES];
    for (int i = -WARM_UP; i < PASSES; i++) {
      int number = i;
      pass.accept(entry -> {
        executable.finish();
        for (int launch = 0; launch < count; launch++) {
          long start = System.nanoTime();
          entry.launch(launch);
          executable.finish();
          if (number >= 0) {
            seconds[launch][number] = (System.nanoTime() - start) / 1e9;
          }
        }
      });
    }
    table(executable.entry(name), seconds, executable.dimensions()).print(
        "Kernels of LeNet-5, " + work + ", each waited for", out);
  }

  private static Table table(BoundEntry entry, double[][] seconds, Map<String, Long> dimensions) {
    Table table = new Table("kernel", "best", "median", "items", "from");
    List<Work> shared = entry.entry().launches().stream().filter(launch -> !launch.ir().isEmpty()).toList();
    double all = 0;
    for (int i = 0; i < seconds.length; i++) {
      Work work = shared.get(i);
      double best = Arrays.stream(seconds[i]).min().orElseThrow();
      all += best;
      String items = "";
      if (work instanceof Launch launch) {
        items += launch.global().stream().mapToLong(n -> n.evaluate(dimensions)).reduce(1, (a, b) -> a * b);
      }
      String kernel = work instanceof Launch launch ? launch.kernel() : "loop";
      table.row(kernel, Table.time(best), Table.time(Race.median(seconds[i])), items, work.origin());
    }
    return table.row("all", Table.time(all), "", "", "");
  }
}

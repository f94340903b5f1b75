package dlv.bench;

import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Work;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where dlv's own time goes: each kernel of LeNet-5's steps and inference and of ResNet-20's step, waited for alone. */
final class KernelSuite {
  private static final int PASSES = 300;

  private KernelSuite() {}

  /** Times all kernels of LeNet-5's train blocks and network, and those of ResNet-20's train block. */
  static void run(PrintStream out) throws IOException {
    lenet(out);
    Path folder = Files.createTempDirectory("pictures");
    try (Device device = Device.open("cpu")) {
      Pictures.random(LenetSuite.BATCH, 2).write(folder);
      try (Session session = Subject.resnet(device, folder).block(ResnetSuite.BLOCK)) {
        times("ResNet-20, SGD step", session.trainer().executable(), "iterate", session.trainer()::iterate, 15, out);
      }
    } finally {
      DigitsFolder.delete(folder);
    }
  }

  private static void lenet(PrintStream out) throws IOException {
    try (Device device = Device.open("cpu"); DigitsFolder folder = DigitsFolder.of(Digits.random(LenetSuite.ROWS, 2))) {
      Subject subject = Subject.lenet(device, folder.path());
      for (LenetProof.Kind kind : LenetProof.Kind.values()) {
        try (Session session = subject.block(kind.block())) {
          times("LeNet-5, " + kind + " step", session.trainer().executable(), "iterate", session.trainer()::iterate,
              PASSES, out);
        }
      }
      try (Executable network = subject.network("LeNet5", LenetSuite.BATCH)) {
        BoundEntry run = network.entry("run");
        run.write("image", Digits.random(LenetSuite.BATCH, 2).values());
        times("LeNet-5, inference", network, "run", launches -> launches.accept(run), PASSES, out);
      }
    }
  }

  /** Passes through an entry in order, each launch waited for, so that states move as they do in training. */
  private static void times(String work, Executable executable, String name, Consumer<Consumer<BoundEntry>> pass,
                            int passes, PrintStream out) {
    int count = executable.entry(name).launches();
    double[][] seconds = new double[count][passes];
    for (int i = -passes / 15; i < passes; i++) {
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
        "Kernels of " + work + ", batch " + LenetSuite.BATCH + ", each waited for", out);
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

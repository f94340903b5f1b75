package dlv.bench;

import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Launch;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where dlv's own time goes: each kernel of LeNet-5's steps and inference, of ResNet-20's step and of those of generative
 * models, waited for alone.
 */
final class KernelSuite {
  private static final int PASSES = 300;

  private KernelSuite() {}

  /** Times all kernels of LeNet-5's train blocks and network, and those of the other train blocks. */
  static void run(PrintStream out) throws IOException {
    lenet(out);
    Path folder = Files.createTempDirectory("pictures");
    try (Device device = Device.open("cpu")) {
      Pictures.random(LenetSuite.BATCH, 2).write(folder);
      try (Session session = Subject.resnet(device, folder).block(ResnetSuite.BLOCK)) {
        times("ResNet-20, SGD step", session.trainer().executable(), session.trainer()::iterate, 15, out);
      }
      try (DigitsFolder digits = DigitsFolder.of(Digits.random(LenetSuite.ROWS, 2))) {
        for (GenerativeWork work : GenerativeWork.values()) {
          try (Session session = GenerativeSuite.subject(work, device, folder, digits).block(GenerativeSuite.DRAWN)) {
            times(work.title(), session.trainer().executable(), session.trainer()::iterate, 15, out);
          }
        }
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
          times("LeNet-5, " + kind + " step", session.trainer().executable(), session.trainer()::iterate, PASSES, out);
        }
      }
      try (Executable network = subject.network("LeNet5", LenetSuite.BATCH)) {
        BoundEntry run = network.entry("run");
        run.write("image", Digits.random(LenetSuite.BATCH, 2).values());
        times("LeNet-5, inference", network, launches -> launches.accept(run), PASSES, out);
      }
    }
  }

  /** Passes through an entry in order, each launch waited for, so that states move as they do in training. */
  static void times(String work, Executable executable, Consumer<Consumer<BoundEntry>> pass, int passes,
                    PrintStream out) {
    Map<Launch, Times> all = new LinkedHashMap<>();
    for (int i = -passes / 15; i < passes; i++) {
      boolean counts = i >= 0;
      pass.accept(entry -> {
        executable.finish();
        long[] start = {System.nanoTime()};
        entry.enqueue(launch -> {
          executable.finish();
          long now = System.nanoTime();
          if (counts) {
            all.computeIfAbsent(launch, l -> new Times()).add(now - start[0]);
          }
          start[0] = System.nanoTime();
        });
      });
      all.values().forEach(Times::endPass);
    }
    table(all, executable.dimensions()).print("Kernels of " + work + ", each waited for", out);
  }

  /** Nanoseconds of one launch, added up over the turns of a pass. */
  private static final class Times {
    private final List<Double> seconds = new ArrayList<>();
    private long nanos;
    private int turns;
    private int counted;

    void add(long more) {
      nanos += more;
      counted++;
    }

    void endPass() {
      if (counted > 0) {
        seconds.add(nanos / 1e9);
        turns = counted;
        nanos = 0;
        counted = 0;
      }
    }

    double best() {
      return seconds.stream().mapToDouble(s -> s).min().orElseThrow();
    }

    double median() {
      return Race.median(seconds.stream().mapToDouble(s -> s).toArray());
    }
  }

  private static Table table(Map<Launch, Times> all, Map<String, Long> dimensions) {
    Table table = new Table("kernel", "turns", "best", "median", "items", "from");
    all.forEach((launch, times) -> table.row(launch.kernel(), Integer.toString(times.turns), Table.time(times.best()),
        Table.time(times.median()), Long.toString(launch.global().stream().mapToLong(n -> n.evaluate(dimensions))
            .reduce(1, (a, b) -> a * b)), launch.origin()));
    return table.row("all", "", Table.time(all.values().stream().mapToDouble(Times::best).sum()), "", "", "");
  }
}

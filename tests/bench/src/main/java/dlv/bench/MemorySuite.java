package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Peak resident memory of training, above what the same process takes loaded and idle. */
final class MemorySuite {
  private static final String PEER = "peer";
  private static final int STEPS = 20;
  private static final double MEGABYTE = 1 << 20;

  private MemorySuite() {}

  /** Measures each side in a process of its own, whose Java heap is small and touched at the start. */
  static void run(PrintStream out) throws IOException, InterruptedException {
    Table table = new Table("LeNet-5, Adam step, batch 128", "idle", "above idle", "planned");
    Path cache = Files.createTempDirectory("kernels");
    try {
      row(table, "libtorch", PEER, cache);
      row(table, "dlv, kernels built in this process", "dlv", cache);
      row(table, "dlv, kernels from the driver's cache", "dlv", cache);
    } finally {
      DigitsFolder.delete(cache);
    }
    table.print("Peak resident memory", out);
  }

  private static void row(Table table, String name, String side, Path cache) throws IOException, InterruptedException {
    String[] sizes = Child.of(MemorySuite.class).with("POCL_CACHE_DIR", cache.toString())
        .option("-XX:+UseSerialGC", "-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch").output(side).strip().split(" ");
    table.row(name, megabytes(sizes[0]), megabytes(sizes[1]), sizes.length > 2 ? megabytes(sizes[2]) : "");
  }

  private static String megabytes(String bytes) {
    return Table.number("%.1f MB", Long.parseLong(bytes) / MEGABYTE);
  }

  /** In the process of one side: prints the idle size and the peak above it, in bytes, and dlv's planned size. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(arguments[0].equals(PEER) ? peer() : own());
    System.out.flush();
    Runtime.getRuntime().halt(0); // the peer's threads do not end by themselves
  }

  private static String peer() throws IOException {
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    Tensor ones = torch.ones(1 << 16);
    Peer.inference(() -> torch.add(ones, ones)).run(); // loads the library and starts its threads
    long idle = idle();
    Runnable step = LenetSuite.step(LenetProof.Kind.ADAM);
    for (int i = 0; i < STEPS; i++) {
      step.run();
    }
    return idle + " " + (ResidentMemory.peak() - idle);
  }

  private static String own() throws IOException {
    try (Device device = Device.open("cpu");
         DigitsFolder folder = DigitsFolder.of(Digits.random(LenetSuite.BATCH, 2))) {
      Subject subject = Subject.lenet(device, folder.path());
      var unit = subject.compile(LenetProof.Kind.ADAM.block());
      try (var chain = Subject.layers(device).network("Chain", 16)) {
        chain.entry("run").enqueue(); // loads the driver's compiler and starts its threads
        chain.finish();
      }
      long idle = idle();
      try (Session session = subject.open(LenetProof.Kind.ADAM.block(), unit)) {
        for (int i = 0; i < STEPS; i++) {
          session.trainer().iterate(1);
          session.trainer().executable().finish();
        }
        return idle + " " + (ResidentMemory.peak() - idle) + " " + session.trainer().executable().plannedBytes();
      }
    }
  }

  private static long idle() throws IOException {
    long idle = ResidentMemory.now();
    ResidentMemory.forgetPeak();
    return idle;
  }
}

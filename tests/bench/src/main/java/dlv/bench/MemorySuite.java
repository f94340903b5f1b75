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
  private static final String LENET = "LENET";
  private static final int STEPS = 20;
  private static final double MEGABYTE = 1 << 20;

  private MemorySuite() {}

  /** Measures each side in a process of its own, whose Java heap is small and touched at the start. */
  static void run(PrintStream out) throws IOException, InterruptedException {
    Table table = new Table("training step", "idle", "above idle", "planned");
    rows(table, "LeNet-5, Adam, batch 128: ", LENET);
    for (GenerativeWork work : GenerativeWork.values()) {
      rows(table, work.title() + ": ", work.name());
    }
    table.print("Peak resident memory", out);
  }

  private static void rows(Table table, String title, String work) throws IOException, InterruptedException {
    Path cache = Files.createTempDirectory("kernels");
    try {
      row(table, title + "libtorch", work, PEER, cache);
      row(table, title + "dlv, kernels built in this process", work, "dlv", cache);
      row(table, title + "dlv, kernels from the driver's cache", work, "dlv", cache);
    } finally {
      DigitsFolder.delete(cache);
    }
  }

  private static void row(Table table, String name, String work, String side, Path cache)
      throws IOException, InterruptedException {
    String[] sizes = Child.of(MemorySuite.class).with("POCL_CACHE_DIR", cache.toString())
        .option("-XX:+UseSerialGC", "-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch").output(work, side).strip().split(" ");
    table.row(name, megabytes(sizes[0]), megabytes(sizes[1]), sizes.length > 2 ? megabytes(sizes[2]) : "");
  }

  private static String megabytes(String bytes) {
    return Table.number("%.1f MB", Long.parseLong(bytes) / MEGABYTE);
  }

  /** In the process of one side: prints the idle size and the peak above it, in bytes, and dlv's planned size. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(arguments[1].equals(PEER) ? peer(arguments[0]) : own(arguments[0]));
    System.out.flush();
    Runtime.getRuntime().halt(0); // the peer's threads do not end by themselves
  }

  private static String peer(String work) throws IOException {
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    Tensor ones = torch.ones(1 << 16);
    Peer.inference(() -> torch.add(ones, ones)).run(); // loads the library and starts its threads
    long idle = idle();
    Runnable step = work.equals(LENET) ? LenetSuite.step(LenetProof.Kind.ADAM)
        : GenerativeSuite.step(GenerativeWork.valueOf(work), false);
    for (int i = 0; i < STEPS; i++) {
      step.run();
    }
    return idle + " " + (ResidentMemory.peak() - idle);
  }

  private static String own(String work) throws IOException {
    Path folder = Files.createTempDirectory("rows");
    try (Device device = Device.open("cpu"); DigitsFolder digits = DigitsFolder.of(Digits.random(LenetSuite.BATCH, 2))) {
      Subject subject = work.equals(LENET) ? Subject.lenet(device, digits.path())
          : GenerativeSuite.subject(GenerativeWork.valueOf(work), device, folder, digits);
      return own(device, subject, work.equals(LENET) ? LenetProof.Kind.ADAM.block() : GenerativeSuite.DRAWN);
    } finally {
      DigitsFolder.delete(folder);
    }
  }

  private static String own(Device device, Subject subject, String block) throws IOException {
    var unit = subject.compile(block);
    try (var chain = Subject.layers(device).network("Chain", 16)) {
      chain.entry("run").enqueue(); // loads the driver's compiler and starts its threads
      chain.finish();
    }
    long idle = idle();
    try (Session session = subject.open(block, unit)) {
      for (int i = 0; i < STEPS; i++) {
        session.trainer().iterate(1);
        session.trainer().executable().finish();
      }
      return idle + " " + (ResidentMemory.peak() - idle) + " " + session.trainer().executable().plannedBytes();
    }
  }

  private static long idle() throws IOException {
    long idle = ResidentMemory.now();
    ResidentMemory.forgetPeak();
    return idle;
  }
}

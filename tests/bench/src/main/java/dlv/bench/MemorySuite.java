package dlv.bench;

import java.io.IOException;
import java.io.PrintStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Peak resident memory of training, above what the same process takes loaded and idle. */
final class MemorySuite {
  private static final int STEPS = 20;
  private static final double MEGABYTE = 1 << 20;

  private MemorySuite() {}

  /** Measures each side in a process of its own, whose Java heap is small and touched at the start. */
  static void run(PrintStream out) throws IOException, InterruptedException {
    Table table = new Table("LeNet-5, Adam step, batch 128", "idle", "above idle");
    String[] sizes = Child.of(MemorySuite.class)
        .option("-XX:+UseSerialGC", "-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch").output("peer").strip().split(" ");
    table.row("libtorch", megabytes(sizes[0]), megabytes(sizes[1]));
    table.print("Peak resident memory", out);
  }

  private static String megabytes(String bytes) {
    return Table.number("%.1f MB", Long.parseLong(bytes) / MEGABYTE);
  }

  /** In the process of one side: prints the idle size and the peak above it, in bytes. */
  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    Tensor ones = torch.ones(1 << 16);
    Peer.inference(() -> torch.add(ones, ones)).run(); // loads the library and starts its threads
    long idle = ResidentMemory.now();
    ResidentMemory.forgetPeak();
    Runnable step = LenetSuite.step(LenetProof.Kind.ADAM);
    for (int i = 0; i < STEPS; i++) {
      step.run();
    }
    System.out.println(idle + " " + (ResidentMemory.peak() - idle));
    System.out.flush();
    Runtime.getRuntime().halt(0); // the peer's threads do not end by themselves
  }
}

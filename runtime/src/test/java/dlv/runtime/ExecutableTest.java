package dlv.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.data.Element;
import dlv.runtime.memory.HostMemory;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceOutOfMemory;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Dimension;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Initialiser;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import dlv.runtime.plan.Placed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hand-written plan: y = x W + b for rows of three, and a step that counts itself and moves W. */
@NeedsOpenCl
class ExecutableTest {
  private static final String SOURCE = """
      kernel void dense(global const float *x, global const float *w, global const float *table, global float *y,
                        int batch) {
        int row = get_global_id(0), column = get_global_id(1);
        if (row < batch) {
          float sum = w[8 + column] + table[column];
          for (int k = 0; k < 3; k++) sum += x[row * 3 + k] * w[k * 2 + column];
          y[row * 2 + column] = sum;
        }
      }
      kernel void move(global float *w, global int *count, float rate) {
        w[get_global_id(0)] += rate;
        if (get_global_id(0) == 0) count[0]++;
      }
      """;

  private static Device device;

  @BeforeAll
  static void openDevice() {
    device = Device.open();
  }

  @AfterAll
  static void closeDevice() {
    device.close();
  }

  private static Manifest manifest() {
    Formula batch = Formula.of("batch");
    Arena weights = new Arena("weights", Arena.Role.WEIGHT, Element.F32, 10, List.of(
        new Placed("net.W", List.of(3L, 2L), 0, new Initialiser.Normal(0, 1), ""),
        new Placed("net.b", List.of(2L), 8, new Initialiser.Constant(0.5), "")));
    Arena counter = new Arena("counter", Arena.Role.COUNTER, Element.I32, 1,
        List.of(new Placed("steps", List.of(), 0, new Initialiser.Constant(0), "")));
    Entry run = new Entry("run",
        List.of(new Input("x", Element.F32, List.of(batch, Formula.of(3)), "x", false)),
        List.of(new Output("y", Element.F32, List.of(batch, Formula.of(2)), "slot0", Formula.of(0))),
        List.of(new Launch("dense", "net.cl", List.of(Argument.buffer("x"), Argument.buffer("weights"),
            Argument.buffer("table"), Argument.buffer("slot0"), Argument.integer(batch)),
            List.of(Formula.of("(batch+3)//4*4"), Formula.of(2)), List.of(4, 1), "net.dlv:1:1", "C[bi,io->bo]")));
    Entry iterate = new Entry("iterate", List.of(),
        List.of(new Output("steps", Element.I32, List.of(), "counter", Formula.of(0))),
        List.of(new Launch("move", "net.cl", List.of(Argument.buffer("weights"), Argument.buffer("counter"),
            Argument.real(0.25f)), List.of(Formula.of(10)), List.of(), "net.dlv:2:1", "W+rate")));
    return Manifest.of("Net", "cpu-batch", List.of(new Dimension("batch", 5, "rows")), List.of(weights, counter),
        List.of(new Buffer("x", Buffer.Kind.INPUT, Formula.of("12*batch")),
            new Buffer("table", Buffer.Kind.CONSTANT, Formula.of(8)),
            new Buffer("slot0", Buffer.Kind.POOL, Formula.of("8*batch"))),
        List.of(run, iterate));
  }

  private static ByteBuffer table() {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(100).putFloat(200).flip();
  }

  private static Executable open(Map<String, Long> dimensions) {
    return Executable.open(device, manifest(), Map.of("net.cl", SOURCE), Map.of("table", table()), dimensions);
  }

  private static float[] expected(Executable net, float[] x) {
    float[] w = net.read(Arena.Role.WEIGHT, "net.W");
    float[] b = net.read(Arena.Role.WEIGHT, "net.b");
    float[] y = new float[x.length / 3 * 2];
    for (int i = 0; i < y.length; i++) {
      y[i] = b[i % 2] + 100 * (1 + i % 2);
      for (int k = 0; k < 3; k++) {
        y[i] += x[i / 2 * 3 + k] * w[k * 2 + i % 2];
      }
    }
    return y;
  }

  @Test
  void allocatesWhatIsPlannedAndGivesItBack() {
    long before = device.allocatedBytes();
    try (Executable net = open(Map.of("batch", 7L))) {
      assertEquals(40 + 4 + 12 * 7 + 8 + 8 * 7, net.plannedBytes());
      assertEquals(net.plannedBytes(), net.allocatedBytes());
      assertEquals(before + net.plannedBytes(), device.allocatedBytes());
    }
    assertEquals(before, device.allocatedBytes());
  }

  @Test
  void computesWhatTheKernelsSay() {
    try (Executable net = open(Map.of())) {
      net.initialise(11);
      float[] x = new float[15];
      for (int i = 0; i < x.length; i++) {
        x[i] = i - 6;
      }
      BoundEntry run = net.entry("run");
      run.write("x", x);
      run.enqueue();
      assertArrayEquals(expected(net, x), run.readFloats("y"), 1e-4f);
      net.entry("iterate").enqueue();
      net.entry("iterate").enqueue();
      assertArrayEquals(new int[] {2}, net.entry("iterate").readInts("steps"));
      assertArrayEquals(new float[] {1f, 1f}, net.read(Arena.Role.WEIGHT, "net.b"));
    }
  }

  @Test
  void theSeedDecidesTheBits() {
    try (Executable one = open(Map.of()); Executable other = open(Map.of("batch", 9L))) {
      one.initialise(11);
      other.initialise(11);
      float[] w = one.read(Arena.Role.WEIGHT, "net.W");
      assertArrayEquals(w, other.read(Arena.Role.WEIGHT, "net.W"));
      one.entry("iterate").enqueue();
      one.initialise(12);
      assertFalse(Arrays.equals(w, one.read(Arena.Role.WEIGHT, "net.W")));
      assertArrayEquals(new int[] {0}, one.entry("iterate").readInts("steps"));
      one.initialise(11);
      assertArrayEquals(w, one.read(Arena.Role.WEIGHT, "net.W"));
    }
  }

  @Test
  void arenasTravelToTheHostAndBack() {
    try (Executable net = open(Map.of())) {
      net.initialise(1);
      float[] w = net.read(Arena.Role.WEIGHT, "net.W");
      try (HostMemory copy = net.copyOfArena("weights"); HostMemory small = HostMemory.allocate(8)) {
        net.write(Arena.Role.WEIGHT, "net.W", new float[6]);
        assertArrayEquals(new float[6], net.read(Arena.Role.WEIGHT, "net.W"));
        net.replaceArena("weights", copy);
        assertArrayEquals(w, net.read(Arena.Role.WEIGHT, "net.W"));
        assertThrows(IllegalArgumentException.class, () -> net.replaceArena("weights", small));
      }
    }
  }

  @Test
  void mistakesAreExplained() {
    try (Executable net = open(Map.of())) {
      BoundEntry run = net.entry("run");
      assertMessage("has no entry \"walk\"; it has [run, iterate]", () -> net.entry("walk"));
      assertMessage("has no input \"z\"", () -> run.write("z", new float[1]));
      assertMessage("holds F32, not I32", () -> run.write("x", new int[1]));
      assertThrows(IndexOutOfBoundsException.class, () -> run.write("x", new float[16]));
      assertThrows(IndexOutOfBoundsException.class, () -> run.write("x", -4, ByteBuffer.allocate(4)));
      assertMessage("no WEIGHT \"net.V\"; it has [net.W, net.b]", () -> net.read(Arena.Role.WEIGHT, "net.V"));
      assertMessage("has 6 elements, not 5", () -> net.write(Arena.Role.WEIGHT, "net.W", new float[5]));
    }
    assertMessage("has no dimension \"bath\"; it has [batch]", () -> open(Map.of("bath", 1L)));
    assertMessage("has no source", () -> Executable.open(device, manifest(), Map.of(), Map.of("table", table()),
        Map.of()));
    assertMessage("constant table has no contents", () -> Executable.open(device, manifest(),
        Map.of("net.cl", SOURCE), Map.of(), Map.of()));
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable work) {
    String message = assertThrows(IllegalArgumentException.class, work).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aBatchThatDoesNotFitNamesTheLargestThatDoes() {
    long before = device.allocatedBytes();
    DeviceOutOfMemory e = assertThrows(DeviceOutOfMemory.class, () -> open(Map.of("batch", 1L << 40)));
    assertTrue(e.help().matches("the largest batch that fits .* is [0-9]+"), e.help());
    assertEquals(before, device.allocatedBytes());
    long fits = Long.parseLong(e.help().replaceAll(".* ", ""));
    long most = Math.min(device.info().maxAllocation() / 12,
        (device.info().globalMemory() - 40 - 4 - 8) / 20);
    assertEquals(most, fits);
  }

  @Test
  void aKernelThatDoesNotBuildLeavesNothingBehind() {
    long before = device.allocatedBytes();
    try (Executable net = Executable.open(device, manifest(), Map.of("net.cl", "kernel"), Map.of("table", table()),
        Map.of())) {
      assertThrows(DeviceException.class, () -> net.entry("run").build());
      assertThrows(DeviceException.class, () -> net.entry("run").enqueue());
    }
    assertEquals(before, device.allocatedBytes());
  }

  @Test
  void kernelsAreBuiltForTheEntryThatNeedsThem() {
    Manifest shared = manifest();
    Launch move = (Launch) shared.entry("iterate").launches().get(0);
    Entry broken = new Entry("iterate", List.of(), List.of(), List.of(new Launch("move", "broken.cl",
        move.arguments(), move.global(), move.local(), "", "")));
    Manifest manifest = Manifest.of("Net", "cpu-batch", shared.dimensions(), shared.arenas(), shared.buffers(),
        List.of(shared.entry("run"), broken));
    try (Executable net = Executable.open(device, manifest, Map.of("net.cl", SOURCE, "broken.cl", "kernel"),
        Map.of("table", table()), Map.of())) {
      net.entry("run").enqueue();
      assertThrows(DeviceException.class, () -> net.entry("iterate").enqueue());
      net.entry("run").enqueue();
      net.finish();
    }
  }

  @Test
  void tellsHowManyKernelsAreBuilt() {
    var told = new ArrayList<String>();
    device.tellBuilds((ready, all) -> told.add(ready + "/" + all));
    try (Executable net = open(Map.of())) {
      net.entry("run").build();
      assertEquals(List.of("0/1", "1/1"), told);
      net.entry("run").enqueue();
      net.entry("run").enqueue();
      assertEquals(List.of("0/1", "1/1", "1/1"), told);
    } finally {
      device.tellBuilds((ready, all) -> { });
    }
  }

  @Test
  void closingWhileOthersUseItIsAnException() throws InterruptedException, ExecutionException {
    Executable net = open(Map.of());
    net.initialise(5);
    float[] x = new float[15];
    Arrays.fill(x, 1);
    float[] y = expected(net, x);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> runs = IntStream.range(0, 8).mapToObj(t -> threads.submit(() -> {
        int done = 0;
        try {
          for (; done < 1_000_000; done++) {
            float[] found = net.exclusively(() -> {
              net.entry("run").write("x", x);
              net.entry("run").enqueue();
              return net.entry("run").readFloats("y");
            });
            assertArrayEquals(y, found, 1e-4f);
          }
        } catch (IllegalStateException e) {
          assertTrue(e.getMessage().contains("closed"), e.getMessage());
        }
        return done;
      })).toList();
      for (int i = 0; i < 20; i++) {
        net.finish();
      }
      net.close();
      net.close();
      int sum = 0;
      for (Future<Integer> run : runs) {
        sum += run.get();
      }
      assertTrue(sum < 8_000_000);
    } finally {
      threads.shutdownNow();
    }
    assertThrows(IllegalStateException.class, () -> net.entry("run").enqueue());
    assertThrows(IllegalStateException.class, () -> net.read(Arena.Role.WEIGHT, "net.W"));
  }

  @Test
  void openingAndClosingManyTimesLeaksNothing() {
    long before = device.allocatedBytes();
    for (int i = 0; i < 300; i++) {
      open(Map.of()).close();
    }
    assertEquals(before, device.allocatedBytes());
  }
}

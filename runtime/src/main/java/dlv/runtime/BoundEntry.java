package dlv.runtime;

import dlv.runtime.data.Element;
import dlv.runtime.opencl.DeviceBuffer;
import dlv.runtime.opencl.Kernel;
import dlv.runtime.opencl.Program;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Output;
import dlv.runtime.plan.Repeat;
import dlv.runtime.plan.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * An entry of an {@link Executable}: {@link #write} its inputs, {@link #enqueue} its launches, {@link #read} its
 * outputs.
 *
 * <p>All data is row-major in native byte order, the batch first.
 */
public final class BoundEntry implements AutoCloseable {
  /** Something to enqueue; {@code steps} are the numbers of the turns around it, the innermost last. */
  private interface BoundWork {
    void enqueue(int[] steps, Consumer<Launch> after);

    void close();
  }

  /** @param depths for each argument of the kernel the repetition whose turn it counts, or -1 */
  private record BoundLaunch(Launch launch, Kernel kernel, long[] global, long[] local, int[] depths)
      implements BoundWork {
    @Override
    public void enqueue(int[] steps, Consumer<Launch> after) {
      for (int i = 0; i < depths.length; i++) {
        if (depths[i] >= 0) {
          kernel.set(i, steps[steps.length - 1 - depths[i]]);
        }
      }
      kernel.enqueue(global, local);
      after.accept(launch);
    }

    @Override
    public void close() {
      kernel.close();
    }
  }

  /** @param ended tells after how many turns were taken whether the rest changes nothing */
  private record BoundRepeat(int times, List<BoundWork> body, IntPredicate ended) implements BoundWork {
    @Override
    public void enqueue(int[] steps, Consumer<Launch> after) {
      int[] inner = Arrays.copyOf(steps, steps.length + 1);
      for (int step = 0; step < times && !(step > 0 && (times - step) % BETWEEN_LOOKS == 0 && ended.test(step)); step++) {
        inner[steps.length] = step;
        body.forEach(work -> work.enqueue(inner, after));
      }
    }

    @Override
    public void close() {
      body.forEach(BoundWork::close);
    }
  }

  private static final int[] NO_STEPS = {};
  /** Turns between two looks at whether a repetition is over; even, as they are left out two by two. */
  private static final int BETWEEN_LOOKS = 8;

  private final Executable executable;
  private final Entry entry;
  private final List<BoundWork> launches = new ArrayList<>();
  /** Where in {@link #launches} each launch that all flavours share begins, copies before it included. */
  private final int[] starts;
  private int live = Integer.MAX_VALUE;
  private boolean built;
  /** What is still to be launched for the first time, where somebody wants to know; else null. */
  private Building building;

  BoundEntry(Executable executable, Entry entry) {
    this.executable = executable;
    this.entry = entry;
    this.starts = starts(entry.launches());
    entry.inputs().forEach(i -> requireRoom(i.buffer(), 0, bytes(i.element(), i.shape())));
    entry.outputs().forEach(o -> requireRoom(o.buffer(), offset(o), bytes(o.element(), o.shape())));
  }

  /**
   * Builds the kernels and binds their arguments, where no launch did so before.
   *
   * @throws dlv.runtime.opencl.DeviceException where a kernel does not build
   */
  public void build() {
    synchronized (executable) {
      if (!built) {
        building = Building.of(executable.device(), entry).orElse(null);
        try {
          entry.launches().forEach(work -> bind(work, launches));
          built = true;
        } finally {
          if (!built) {
            close();
            launches.clear();
          }
        }
      }
    }
  }

  private static int[] starts(List<Work> launches) {
    var starts = IntStream.builder();
    int begin = 0;
    for (int i = 0; i < launches.size(); i++) {
      if (!launches.get(i).ir().isEmpty()) {
        starts.add(begin);
        begin = i + 1;
      }
    }
    return starts.build().toArray();
  }

  private void bind(Work work, List<BoundWork> into) {
    if (work instanceof Launch launch) {
      into.add(bind(launch, executable.program(launch.program())));
      if (building != null) {
        building.built(launch);
      }
      return;
    }
    Repeat repeat = (Repeat) work;
    var body = new ArrayList<BoundWork>();
    into.add(new BoundRepeat(Math.toIntExact(evaluate(repeat.times())), body,
        repeat.ended().<IntPredicate>map(ended -> done -> isOver(ended, done)).orElse(done -> false)));
    repeat.body().forEach(inner -> bind(inner, body));
  }

  /** Whether the newer row of the two says of every live example that it is over; waits for the device. */
  private boolean isOver(Repeat.Ended ended, int done) {
    int elements = Math.toIntExact(evaluate(ended.elements()));
    ByteBuffer row = direct(Integer.BYTES * Math.min(live, elements));
    long first = evaluate(ended.offset()) + (long) (done % 2) * elements;
    executable.buffer(ended.buffer()).read(first * Integer.BYTES, row);
    IntBuffer said = row.flip().asIntBuffer();
    return IntStream.range(0, said.limit()).allMatch(i -> said.get(i) != 0);
  }

  private BoundLaunch bind(Launch launch, Program program) {
    Object[] arguments = launch.arguments().stream().map(this::value).toArray();
    long[] global = launch.global().stream().mapToLong(this::evaluate).toArray();
    long[] local = launch.local().isEmpty() ? null : launch.local().stream().mapToLong(n -> n).toArray();
    for (int axis = 0; axis < global.length; axis++) {
      if (global[axis] < 1 || local != null && global[axis] % local[axis] != 0) {
        throw new IllegalArgumentException(launch.kernel() + " (" + launch.origin() + "): global " + launch.global()
            + " is " + global[axis] + " on axis " + axis + ", which local " + launch.local() + " does not divide");
      }
    }
    int[] depths = launch.arguments().stream()
        .mapToInt(argument -> argument instanceof Argument.OfStep step ? step.depth() : -1).toArray();
    return new BoundLaunch(launch, program.kernel(launch.kernel(), arguments), global, local, depths);
  }

  private Object value(Argument argument) {
    if (argument instanceof Argument.OfBuffer reference) {
      return executable.buffer(reference.name());
    } else if (argument instanceof Argument.OfInt integer) {
      return Math.toIntExact(evaluate(integer.value()));
    }
    return argument instanceof Argument.OfFloat real ? (Object) real.value() : 0;
  }

  private long evaluate(Formula formula) {
    return formula.evaluate(executable.dimensions());
  }

  private long bytes(Element element, List<Formula> shape) {
    long bytes = element.bytes();
    for (Formula dimension : shape) {
      bytes = Math.multiplyExact(bytes, evaluate(dimension));
    }
    return bytes;
  }

  private long offset(Output output) {
    return Math.multiplyExact(evaluate(output.offset()), (long) output.element().bytes());
  }

  private void requireRoom(String buffer, long offset, long bytes) {
    long size = executable.buffer(buffer).bytes();
    if (offset < 0 || offset > size - bytes) {
      throw new IllegalArgumentException(entry.name() + ": " + bytes + " bytes at " + offset + " do not fit "
          + buffer + ", which has " + size);
    }
  }

  /** What the manifest says about it. */
  public Entry entry() {
    return entry;
  }

  /** How many rows of the batch count from now on: a repetition that may end early asks these alone. */
  public void live(int rows) {
    live = rows;
  }

  /** The number of launches that all flavours share; a repetition counts as one. */
  public int launches() {
    return starts.length;
  }

  /** Bytes of an input. */
  public long inputBytes(String input) {
    Input i = entry.input(input);
    return bytes(i.element(), i.shape());
  }

  /** Bytes of an output. */
  public long outputBytes(String output) {
    Output o = entry.output(output);
    return bytes(o.element(), o.shape());
  }

  /** Writes what remains of {@code data} to the beginning of an input; less than all of it is allowed. */
  public void write(String input, ByteBuffer data) {
    write(input, 0, data);
  }

  /** Writes what remains of {@code data} into an input, from byte {@code offset} on. */
  public void write(String input, long offset, ByteBuffer data) {
    synchronized (executable) {
      requireRange(input, offset, data.remaining(), inputBytes(input));
      executable.buffer(entry.input(input).buffer()).write(offset, data);
    }
  }

  /** Writes floats to the beginning of an input. */
  public void write(String input, float[] data) {
    requireElement(input, entry.input(input).element(), Element.F32);
    ByteBuffer bytes = direct(Math.multiplyExact(data.length, Float.BYTES));
    bytes.asFloatBuffer().put(data);
    write(input, bytes);
  }

  /** Writes integers to the beginning of an input. */
  public void write(String input, int[] data) {
    requireElement(input, entry.input(input).element(), Element.I32);
    ByteBuffer bytes = direct(Math.multiplyExact(data.length, Integer.BYTES));
    bytes.asIntBuffer().put(data);
    write(input, bytes);
  }

  /** Gives all launches to the device and does not wait for them. */
  public void enqueue() {
    enqueue(launch -> { });
  }

  /** The same, telling {@code after} of each launch, in every turn of a repetition, once it is given to the device. */
  public void enqueue(Consumer<Launch> after) {
    synchronized (executable) {
      build();
      Consumer<Launch> each = watched(after);
      launches.forEach(work -> work.enqueue(NO_STEPS, each));
    }
  }

  /**
   * Gives one launch, or a whole repetition, to the device and does not wait for it: of those that all flavours share,
   * counted from 0, with the copies that come before it, and after the last one those that end the entry.
   */
  public void launch(int number) {
    synchronized (executable) {
      build();
      Consumer<Launch> each = watched(launch -> { });
      int to = number + 1 < starts.length ? starts[number + 1] : launches.size();
      launches.subList(starts[number], to).forEach(work -> work.enqueue(NO_STEPS, each));
    }
  }

  /** {@code after}, and before it the word that a kernel was launched for the first time, while there are such. */
  private Consumer<Launch> watched(Consumer<Launch> after) {
    if (building == null || building.done()) {
      building = null;
      return after;
    }
    return launch -> {
      building.launched(launch);
      after.accept(launch);
    };
  }

  /** Waits for the device and fills what remains of {@code to} from the beginning of an output. */
  public void read(String output, ByteBuffer to) {
    synchronized (executable) {
      Output o = entry.output(output);
      requireRange(output, 0, to.remaining(), outputBytes(output));
      executable.buffer(o.buffer()).read(offset(o), to);
    }
  }

  /** Waits for the device and reads all floats of an output. */
  public float[] readFloats(String output) {
    requireElement(output, entry.output(output).element(), Element.F32);
    ByteBuffer bytes = direct(Math.toIntExact(outputBytes(output)));
    read(output, bytes);
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  /** Waits for the device and reads all integers of an output. */
  public int[] readInts(String output) {
    requireElement(output, entry.output(output).element(), Element.I32);
    ByteBuffer bytes = direct(Math.toIntExact(outputBytes(output)));
    read(output, bytes);
    int[] values = new int[bytes.capacity() / Integer.BYTES];
    bytes.flip().asIntBuffer().get(values);
    return values;
  }

  private void requireElement(String name, Element actual, Element wanted) {
    if (actual != wanted) {
      throw new IllegalArgumentException(entry.name() + "." + name + " holds " + actual + ", not " + wanted);
    }
  }

  private void requireRange(String name, long offset, long length, long size) {
    if (offset < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(entry.name() + "." + name + " has " + size + " bytes, not "
          + (offset + length));
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Releases the kernels; the executable calls it. */
  @Override
  public void close() {
    launches.forEach(BoundWork::close);
  }
}

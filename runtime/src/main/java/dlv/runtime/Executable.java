package dlv.runtime;

import dlv.runtime.data.Element;
import dlv.runtime.memory.HostMemory;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.DeviceBuffer;
import dlv.runtime.opencl.DeviceOutOfMemory;
import dlv.runtime.opencl.Program;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Placed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A compiled unit on a device: its buffers are allocated as planned; the kernels of an entry are built when it is first
 * used, or told to.
 *
 * <p>Its methods exclude each other, and may be called from any thread; what must stay together (write, enqueue, read)
 * goes into {@link #exclusively}. After {@link #close} they throw {@link IllegalStateException}.
 */
public final class Executable implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Device device;
  private final Manifest manifest;
  private final Map<String, Long> dimensions;
  private final Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
  private final Map<String, BoundEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> sources;
  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private Executable(Device device, Manifest manifest, Map<String, String> sources, Map<String, Long> dimensions) {
    this.device = device;
    this.manifest = manifest;
    this.sources = sources;
    this.dimensions = dimensions;
  }

  /**
   * Opens a unit. All buffers are zero, and constants in place; {@link #initialise} fills the arenas.
   *
   * @param programs the text of each source file that the launches name
   * @param constants the little-endian contents of each constant buffer; others are ignored
   * @param given values of dimensions; those left out have their usual ones
   * @throws DeviceOutOfMemory where it does not fit, with the largest batch that does
   * @throws IllegalArgumentException where a source, a constant or a dimension is missing or unknown
   */
  public static Executable open(Device device, Manifest manifest, Map<String, String> programs,
                                Map<String, ByteBuffer> constants, Map<String, Long> given) {
    Executable executable = new Executable(device, manifest, programs, manifest.values(given));
    try {
      executable.allocate();
      executable.writeConstants(constants);
      executable.bind();
      return executable;
    } catch (DeviceOutOfMemory e) {
      executable.close();
      throw new LargestBatch(manifest, executable.dimensions, device.info()).explain(e);
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private void allocate() {
    Context context = device.context();
    for (Buffer buffer : manifest.allBuffers()) {
      DeviceBuffer memory = context.allocate(buffer.name(), Manifest.bytes(buffer, dimensions));
      resources.push(memory);
      buffers.put(buffer.name(), memory);
      memory.clear();
    }
    context.finish();
  }

  private void writeConstants(Map<String, ByteBuffer> constants) {
    for (Buffer buffer : manifest.buffers()) {
      if (buffer.kind() == Buffer.Kind.CONSTANT) {
        ByteBuffer contents = constants.get(buffer.name());
        long bytes = buffer.bytes().evaluate(dimensions);
        if (contents == null || contents.remaining() != bytes) {
          throw new IllegalArgumentException(manifest.name() + ": the constant " + buffer.name() + " has "
              + (contents == null ? "no contents" : contents.remaining() + " bytes") + ", not " + bytes);
        }
        buffers.get(buffer.name()).write(0, contents.duplicate());
      }
    }
  }

  private void bind() {
    for (String name : manifest.programs()) {
      if (!sources.containsKey(name)) {
        throw new IllegalArgumentException(manifest.name() + ": the program " + name + " has no source");
      }
    }
    for (Entry entry : manifest.entries()) {
      BoundEntry bound = new BoundEntry(this, entry);
      resources.push(bound);
      entries.put(entry.name(), bound);
    }
  }

  /** A program, built when it is first asked for. */
  Program program(String name) {
    Program known = programs.get(name);
    if (known == null) {
      known = device.context().build(name, sources.get(name));
      resources.addLast(known);
      programs.put(name, known);
    }
    return known;
  }

  /** What it runs. */
  public Manifest manifest() {
    return manifest;
  }

  /** Where it runs. */
  public Device device() {
    return device;
  }

  /** The values of all dimensions. */
  public Map<String, Long> dimensions() {
    return dimensions;
  }

  /** An entry; {@link IllegalArgumentException} lists those there are. */
  public BoundEntry entry(String name) {
    return entries.get(manifest.entry(name).name());
  }

  /** Bytes that the plan says it takes. */
  public long plannedBytes() {
    return manifest.plannedBytes(dimensions);
  }

  /** Bytes of device memory that it has allocated. */
  public long allocatedBytes() {
    return buffers.values().stream().mapToLong(DeviceBuffer::bytes).sum();
  }

  /** Runs some work while no other thread can use this executable. */
  public synchronized <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** Waits until everything that was enqueued is done. */
  public synchronized void finish() {
    device.context().finish();
  }

  /** Fills all arenas with their contents at the start, which depend on the seed alone. */
  public synchronized void initialise(long seed) {
    for (Arena arena : manifest.arenas()) {
      initialise(arena, seed);
    }
  }

  private void initialise(Arena arena, long seed) {
    DeviceBuffer buffer = buffers.get(arena.name());
    buffer.clear();
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.nativeOrder());
    int width = arena.element().bytes();
    for (Placed tensor : arena.tensors()) {
      Initialisation contents = new Initialisation(tensor, seed);
      long elements = contents.isZero() ? 0 : tensor.elements();
      for (long first = 0; first < elements; first += CHUNK / width) {
        chunk.clear();
        long end = Math.min(elements, first + CHUNK / width);
        for (long i = first; i < end; i++) {
          put(arena, chunk, contents.at(i));
        }
        buffer.write((tensor.offset() + first) * width, chunk.flip());
      }
    }
  }

  private static void put(Arena arena, ByteBuffer chunk, double value) {
    switch (arena.element()) {
      case F32 -> chunk.putFloat((float) value);
      case I32 -> chunk.putInt((int) value);
      case U8 -> chunk.put((byte) value);
    }
  }

  /** Copies bytes of an arena, from {@code offset} on, into what remains of {@code to}; native order. */
  public synchronized void readArena(String arena, long offset, ByteBuffer to) {
    buffers.get(manifest.arena(arena).name()).read(offset, to);
  }

  /** Copies what remains of {@code from} into an arena, from byte {@code offset} on; native order. */
  public synchronized void writeArena(String arena, long offset, ByteBuffer from) {
    buffers.get(manifest.arena(arena).name()).write(offset, from);
  }

  /** A copy of an arena in host memory, which the caller closes. */
  public synchronized HostMemory copyOfArena(String arena) {
    HostMemory copy = HostMemory.allocate(manifest.arena(arena).bytes());
    try {
      copy.forEachPiece((offset, bytes) -> readArena(arena, offset, bytes));
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Replaces the contents of an arena. */
  public synchronized void replaceArena(String arena, HostMemory contents) {
    if (contents.bytes() != manifest.arena(arena).bytes()) {
      throw new IllegalArgumentException(arena + " has " + manifest.arena(arena).bytes() + " bytes, not "
          + contents.bytes());
    }
    contents.forEachPiece((offset, bytes) -> writeArena(arena, offset, bytes));
  }

  /** The values of a tensor by role and path, row-major. */
  public synchronized float[] read(Arena.Role role, String path) {
    Arena arena = arenaOf(role, path);
    Placed tensor = tensor(arena, path);
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(tensor.elements() * arena.element().bytes()))
        .order(ByteOrder.nativeOrder());
    readArena(arena.name(), tensor.offset() * arena.element().bytes(), bytes);
    float[] values = new float[Math.toIntExact(tensor.elements())];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  /** Replaces the values of a tensor by role and path, row-major. */
  public synchronized void write(Arena.Role role, String path, float[] values) {
    Arena arena = arenaOf(role, path);
    Placed tensor = tensor(arena, path);
    if (values.length != tensor.elements()) {
      throw new IllegalArgumentException(path + " has " + tensor.elements() + " elements, not " + values.length);
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    writeArena(arena.name(), tensor.offset() * arena.element().bytes(), bytes);
  }

  private Arena arenaOf(Arena.Role role, String path) {
    Arena arena = manifest.pathsOf(role).get(path);
    if (arena == null) {
      throw new IllegalArgumentException(manifest.name() + " has no " + role + " \"" + path + "\"; it has "
          + manifest.pathsOf(role).keySet().stream().sorted().toList());
    }
    if (arena.element() != Element.F32) {
      throw new IllegalArgumentException(path + " holds " + arena.element() + ", not floats");
    }
    return arena;
  }

  private static Placed tensor(Arena arena, String path) {
    return arena.tensors().stream().filter(t -> t.path().equals(path)).findFirst().orElseThrow();
  }

  DeviceBuffer buffer(String name) {
    return buffers.get(name);
  }

  /** Gives all device memory back; closing again does nothing. */
  @Override
  public synchronized void close() {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

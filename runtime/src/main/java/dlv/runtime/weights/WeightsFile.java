package dlv.runtime.weights;

import dlv.runtime.data.AtomicFile;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataFile;
import dlv.runtime.data.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A safetensors file (Hugging Face's format: the length of the header in 8 bytes, a JSON header, then the tensors'
 * bytes).
 *
 * <p>Opening one checks everything: the layout strictly, and the checksum where this program wrote it. Serves several
 * threads at once.
 */
public final class WeightsFile implements AutoCloseable {
  static final int LENGTH_BYTES = 8;
  private static final int BLOCK = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Layout layout;
  private final Map<String, Layout.Place> byName = new LinkedHashMap<>();

  private WeightsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    byte[] header = readHeader();
    this.dataStart = LENGTH_BYTES + header.length;
    this.layout = Layout.parse(file, header, channel.size() - dataStart);
    layout.places().forEach(p -> byName.put(p.name(), p));
    Format.check(file, layout.metadata());
    verify(header);
  }

  /**
   * Opens and verifies a file.
   *
   * @throws DataException where it is no safetensors file, or damaged, or of a newer version
   */
  public static WeightsFile open(Path file) {
    FileChannel channel = null;
    try {
      DataFile.requirePlain(file);
      channel = FileChannel.open(file, StandardOpenOption.READ);
      return new WeightsFile(file, channel);
    } catch (IOException e) {
      close(file, channel);
      throw DataException.io(file, e);
    } catch (RuntimeException e) {
      close(file, channel);
      throw e;
    }
  }

  private byte[] readHeader() throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw DataException.atByte(file, size, "the file ends before its header", "it is empty or truncated: take"
          + " another copy");
    }
    ByteBuffer first = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    read(0, first);
    long length = first.getLong(0);
    if (length < 2 || length > Limits.WEIGHTS_HEADER || length > size - LENGTH_BYTES) {
      String told = Long.toUnsignedString(length);
      throw DataException.atByte(file, 0, length < 0 || length > Limits.WEIGHTS_HEADER
          ? "a header of " + told + " bytes is longer than " + Limits.WEIGHTS_HEADER
          : "a header of " + told + " bytes does not fit a file of " + size,
          "the file is truncated, damaged or not safetensors: take another copy");
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    read(LENGTH_BYTES, header);
    return header.array();
  }

  /** Reads from a place of the file until the buffer is full. */
  private void read(long at, ByteBuffer to) throws IOException {
    while (to.hasRemaining()) {
      int n = channel.read(to, at);
      if (n < 0) {
        throw DataException.atByte(file, at, "the file ends here", "it has shrunk while it was read");
      }
      at += n;
    }
  }

  private void verify(byte[] header) throws IOException {
    String stated = layout.metadata().get(Checksum.KEY);
    if (stated == null) {
      return;
    }
    if (Checksum.find(header) < 0) {
      throw damaged();
    }
    Checksum sum = new Checksum(header);
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, channel.size()));
    for (long at = dataStart; at < channel.size(); at += block.limit()) {
      block.clear().limit((int) Math.min(block.capacity(), channel.size() - at));
      read(at, block);
      sum.update(block.flip());
    }
    if (!sum.digits().equals(stated)) {
      throw damaged();
    }
  }

  private DataException damaged() {
    return DataException.of(file, "the checksum does not fit: at least one bit of the file has changed",
        "take another copy, or train again");
  }

  /** What the file says about itself. */
  public Map<String, String> metadata() {
    return layout.metadata();
  }

  /** The names of the tensors, in the order of their bytes. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The shape of a tensor; absent where there is none of this name. */
  public Optional<List<Long>> shape(String name) {
    return Optional.ofNullable(byName.get(name)).map(Layout.Place::shape);
  }

  /** The element type of a tensor; absent where there is none of this name. */
  public Optional<Dtype> dtype(String name) {
    return Optional.ofNullable(byName.get(name)).map(Layout.Place::dtype);
  }

  /** Reads the bytes of a tensor into memory of the caller, whose buffers together are as long as it. */
  public void read(String name, List<ByteBuffer> segments) {
    Layout.Place place = place(name);
    long room = segments.stream().mapToLong(ByteBuffer::remaining).sum();
    if (room != place.end() - place.begin()) {
      throw new IllegalArgumentException(name + ": room for " + room + " bytes, and it has "
          + (place.end() - place.begin()));
    }
    try {
      long at = dataStart + place.begin();
      for (ByteBuffer segment : segments) {
        int length = segment.remaining();
        read(at, segment);
        at += length;
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  /** Reads a tensor into new memory. */
  public Tensor read(String name) {
    Layout.Place place = place(name);
    Tensor tensor = Tensor.allocate(name, place.dtype(), place.shape());
    read(name, tensor.segments().stream().map(ByteBuffer::duplicate).toList());
    return tensor;
  }

  private Layout.Place place(String name) {
    Layout.Place place = byName.get(name);
    if (place == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return place;
  }

  /**
   * Checks that the file has exactly the wanted tensors of 32-bit floats.
   *
   * @param wanted the shape of each by name
   * @throws DataException that lists the first ten that are missing, extra, or of another shape
   */
  public void expect(Map<String, List<Long>> wanted) {
    expect("", wanted);
  }

  /** The same for those tensors alone whose names begin with {@code prefix}; the others may be what they like. */
  public void expect(String prefix, Map<String, List<Long>> wanted) {
    Mismatch.check(file, wanted, layout.places().stream().filter(p -> p.name().startsWith(prefix)).toList());
  }

  /** Refuses infinities and NaN among the floats; the message names the first tensor and element. */
  public void expectFinite() {
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (Layout.Place p : layout.places()) {
        for (long at = p.begin(); at < p.end(); at += block.limit()) {
          block.clear().limit((int) Math.min(BLOCK, p.end() - at));
          read(dataStart + at, block);
          int bad = Format.firstNonFinite(p.dtype(), block.flip());
          if (bad >= 0) {
            long element = (at - p.begin()) / p.dtype().bytes() + bad;
            throw DataException.atByte(file, dataStart + at + (long) bad * p.dtype().bytes(),
                "element " + element + " of " + p + " is not a finite number",
                "the training diverged: take an earlier checkpoint, or allow it with --allow-nonfinite");
          }
        }
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  /**
   * Writes a file in one atomic step; its metadata gain format, version and checksum.
   *
   * @param metadata more to say, under keys that do not begin with {@code dlv.}
   */
  public static void write(Path file, Map<String, String> metadata, List<Tensor> tensors) {
    Set<String> seen = new HashSet<>();
    for (Tensor t : tensors) {
      if (!seen.add(t.name()) || t.name().equals("__metadata__")
          || t.name().getBytes(StandardCharsets.UTF_8).length > Limits.TENSOR_NAME) {
        throw new IllegalArgumentException("two tensors of one name, or a name that cannot be: " + t.name());
      }
    }
    byte[] header = Layout.of(Format.complete(metadata), tensors).header();
    AtomicFile.write(file, to -> {
      Checksum sum = new Checksum(header);
      ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
      List<ByteBuffer> parts = new ArrayList<>(List.of(length.flip(), ByteBuffer.wrap(header)));
      for (Tensor t : Layout.inOrder(tensors)) {
        for (ByteBuffer segment : t.segments()) {
          sum.update(segment);
          parts.add(segment.duplicate());
        }
      }
      byte[] digits = sum.digits().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, header, Checksum.find(header), digits.length);
      for (ByteBuffer part : parts) {
        while (part.hasRemaining()) {
          to.write(part);
        }
      }
    });
  }

  private static void close(Path file, FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw DataException.io(file, e);
      }
    }
  }

  @Override
  public void close() {
    close(file, channel);
  }
}

package dlv.runtime.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A gzip file of known unpacked size, unpacked into memory at the first read. */
final class GzipFile implements ByteStore {
  private static final int CHUNK = 1 << 24;

  private final Path file;
  private final long size;
  private List<byte[]> chunks;

  GzipFile(Path file, long size) {
    this.file = file;
    this.size = size;
    try {
      long packed = Files.size(file);
      if (size / Limits.PACKING > packed) {
        throw DataException.of(file, packed + " packed bytes cannot hold the " + size + " bytes that the header"
            + " promises", "the file is truncated or no honest one: fetch it again");
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  /** Whether the file begins as gzip does. */
  static boolean isOne(Path file) {
    return Magic.of(file).isGzip();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer to) {
    List<byte[]> from = unpacked();
    while (to.hasRemaining()) {
      byte[] chunk = from.get((int) (offset / CHUNK));
      int at = (int) (offset % CHUNK);
      int n = Math.min(chunk.length - at, to.remaining());
      to.put(chunk, at, n);
      offset += n;
    }
  }

  private synchronized List<byte[]> unpacked() {
    if (chunks == null) {
      List<byte[]> loaded = new ArrayList<>();
      try (GzipStream in = GzipStream.open(file, size)) {
        for (long left = size; left > 0; left -= CHUNK) {
          byte[] chunk = new byte[(int) Math.min(CHUNK, left)];
          in.readExactly(chunk);
          loaded.add(chunk);
        }
        in.expectEnd();
      } catch (IOException e) {
        throw DataException.io(file, e);
      }
      chunks = loaded;
    }
    return chunks;
  }

  @Override
  public synchronized void close() {
    chunks = null;
  }
}

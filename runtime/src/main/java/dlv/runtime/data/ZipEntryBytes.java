package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The bytes of one entry of a ZIP file that must have a given size, unpacked at the first read. */
final class ZipEntryBytes implements ByteStore {
  private static final int CHUNK = 1 << 24;

  private final Path file;
  private final String entry;
  private final long size;
  private byte[][] chunks;

  ZipEntryBytes(Path file, String entry, long size) {
    this.file = file;
    this.entry = entry;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer to) {
    byte[][] from = unpacked();
    while (to.hasRemaining()) {
      byte[] chunk = from[(int) (offset / CHUNK)];
      int at = (int) (offset % CHUNK);
      int n = Math.min(chunk.length - at, to.remaining());
      to.put(chunk, at, n);
      offset += n;
    }
  }

  private synchronized byte[][] unpacked() {
    if (chunks == null) {
      byte[][] loaded = new byte[Math.toIntExact((size + CHUNK - 1) / CHUNK)][];
      try (ZipFile zip = new ZipFile(file.toFile()); InputStream in = zip.getInputStream(entry(zip))) {
        for (int i = 0; i < loaded.length; i++) {
          int wanted = (int) Math.min(CHUNK, size - (long) i * CHUNK);
          loaded[i] = in.readNBytes(wanted);
          if (loaded[i].length < wanted) {
            throw DataException.of(file, entry + " ends after " + ((long) i * CHUNK + loaded[i].length) + " of " + size
                + " bytes", "the file is damaged: store it again");
          }
        }
        if (in.read() >= 0) {
          throw DataException.of(file, entry + " goes on behind its " + size + " bytes", "the file is damaged: store"
              + " it again");
        }
      } catch (IOException e) {
        throw DataException.io(file, e);
      }
      chunks = loaded;
    }
    return chunks;
  }

  private ZipEntry entry(ZipFile zip) {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      throw DataException.of(file, entry + " has vanished", "leave the data alone while they are in use");
    }
    return found;
  }
}

package dlv.runtime.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) strictly: header, checksum and length of every member are verified, several members count as
 * one file, and anything else after the last is refused. A cap stops what unpacks to more than it should.
 */
final class GzipStream implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final long cap;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[BLOCK];
  private int packedEnd;
  private long fed;
  private long memberBytes;
  private long total;
  private boolean ended;

  private GzipStream(Path file, InputStream in, long cap) {
    this.file = file;
    this.in = in;
    this.cap = cap;
  }

  /** Opens a file that may unpack to {@code cap} bytes at most. */
  static GzipStream open(Path file, long cap) throws IOException {
    GzipStream stream = new GzipStream(file, new BufferedInputStream(DataFile.open(file), BLOCK), cap);
    try {
      stream.header();
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  /** The place in the packed file. */
  private long place() {
    return fed - inflater.getRemaining();
  }

  private DataException broken(String problem) {
    return DataException.atByte(file, place(), problem, "the file is damaged: fetch it again");
  }

  /** Fills the array; a file that ends before is an error. */
  void readExactly(byte[] to) throws IOException {
    int n = read(to, 0, to.length);
    if (n < to.length) {
      throw broken("the unpacked data end after " + total + " bytes, " + (to.length - n) + " short of what is wanted");
    }
  }

  /** Checks that nothing follows. */
  void expectEnd() throws IOException {
    if (read(new byte[1], 0, 1) != 0) {
      throw broken("more data follow than the " + total + " bytes that the header promises");
    }
  }

  /** Reads up to {@code length} bytes, fewer only at the end. */
  int read(byte[] to, int from, int length) throws IOException {
    int done = 0;
    while (done < length && !ended) {
      int n = inflate(to, from + done, length - done);
      done += n;
      total += n;
      if (total > cap + 1) {
        throw broken("it unpacks to more than " + cap + " bytes");
      }
      if (inflater.finished()) {
        trailer();
      }
    }
    return done;
  }

  private int inflate(byte[] to, int from, int length) throws IOException {
    try {
      while (true) {
        int n = inflater.inflate(to, from, length);
        if (n > 0) {
          crc.update(to, from, n);
          memberBytes += n;
          return n;
        }
        if (inflater.finished()) {
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw broken("it needs a dictionary, which gzip does not have");
        }
        if (inflater.needsInput() && !feed()) {
          throw broken("the packed data end in the middle");
        }
      }
    } catch (DataFormatException e) {
      throw broken("the packed data are damaged (" + e.getMessage() + ")");
    }
  }

  private boolean feed() throws IOException {
    int n = in.read(packed);
    if (n <= 0) {
      return false;
    }
    packedEnd = n;
    fed += n;
    inflater.setInput(packed, 0, n);
    return true;
  }

  /** One byte of what the inflater has not taken, or of the file behind it; -1 at the end. */
  private int next() throws IOException {
    int left = inflater.getRemaining();
    if (left == 0) {
      if (!feed()) {
        return -1;
      }
      left = packedEnd;
    }
    int b = packed[packedEnd - left] & 0xFF;
    inflater.setInput(packed, packedEnd - left + 1, left - 1);
    return b;
  }

  private int must() throws IOException {
    int b = next();
    if (b < 0) {
      throw broken("the packed data end in the middle");
    }
    return b;
  }

  private void header() throws IOException {
    int first = next();
    if (first < 0) {
      throw new EOFException("empty");
    }
    memberHeader(first);
  }

  private void memberHeader(int first) throws IOException {
    if (first != 0x1F || must() != 0x8B || must() != 8) {
      throw broken("no gzip data begin here");
    }
    int flags = must();
    if ((flags & 0xE0) != 0) {
      throw broken("the gzip header has unknown flags");
    }
    skip(6);
    if ((flags & 4) != 0) {
      skip(must() | must() << 8);
    }
    for (int bit = 8; bit <= 16; bit <<= 1) {
      if ((flags & bit) != 0) {
        while (must() != 0) {
          // a name or a comment ends with a zero
        }
      }
    }
    if ((flags & 2) != 0) {
      skip(2);
    }
    crc.reset();
    memberBytes = 0;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      must();
    }
  }

  /** Verifies the end of a member, and begins the next if there is one. */
  private void trailer() throws IOException {
    int left = inflater.getRemaining();
    inflater.reset();
    inflater.setInput(packed, packedEnd - left, left);
    long wantCrc = four();
    long wantSize = four();
    if (wantCrc != crc.getValue()) {
      throw broken("the checksum does not fit the data");
    }
    if (wantSize != (memberBytes & 0xFFFFFFFFL)) {
      throw broken("the length does not fit the data");
    }
    int b = next();
    if (b < 0) {
      ended = true;
    } else {
      memberHeader(b);
    }
  }

  private long four() throws IOException {
    return must() | must() << 8 | must() << 16 | (long) must() << 24;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}

package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An array of an NPY file, or of an entry of an NPZ file.
 *
 * @param file the file
 * @param what the entry and a colon, for messages; empty in an NPY file
 * @param npy its header
 * @param store its bytes, header included
 */
record NumpyArray(Path file, String what, Npy npy, ByteStore store) {
  private static final int BLOCK = 1 << 16;
  private static final int START = 12 + Npy.LONGEST_HEADER;

  /** The arrays of a file by name; that of an NPY file is named {@code x}. */
  static Map<String, NumpyArray> readAll(Path file) {
    try {
      if (!Magic.of(file).isNumpy()) {
        return zipped(file);
      }
      try (InputStream in = DataFile.open(file)) {
        Npy npy = Npy.parse(file, "", in.readNBytes(START));
        return Map.of("x", new NumpyArray(file, "", npy, new PlainFile(file, npy.fileBytes())));
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private static Map<String, NumpyArray> zipped(Path file) throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > Limits.ZIP_ENTRIES) {
        throw DataException.of(file, zip.size() + " entries are more than " + Limits.ZIP_ENTRIES, "store fewer arrays");
      }
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String name = entry.getName();
        if (!name.matches("[\\w. -]{1,128}\\.npy")) {
          throw DataException.of(file, "the entry \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" is no array",
              "an NPZ file holds entries NAME.npy: store it again with numpy.savez");
        }
        String what = name + ": ";
        Npy npy;
        try (InputStream in = zip.getInputStream(entry)) {
          npy = Npy.parse(file, what, in.readNBytes(START));
        }
        checkSize(file, what, npy, entry);
        NumpyArray array = new NumpyArray(file, what, npy, new ZipEntryBytes(file, name, npy.fileBytes()));
        if (arrays.put(name.substring(0, name.length() - 4), array) != null) {
          throw DataException.of(file, "two entries are named " + name, "store it again with numpy.savez");
        }
      }
    }
    if (arrays.isEmpty()) {
      throw DataException.of(file, "there is no array in it", "store arrays with numpy.savez(file, x=…, y=…)");
    }
    return arrays;
  }

  private static void checkSize(Path file, String what, Npy npy, ZipEntry entry) {
    if (npy.fileBytes() != entry.getSize()
        || npy.fileBytes() / Limits.PACKING > Math.max(entry.getCompressedSize(), 1)) {
      throw DataException.of(file, what + "the array takes " + npy.fileBytes() + " bytes, and the entry has "
          + entry.getSize() + " (" + entry.getCompressedSize() + " packed)", "the file is damaged: store it again");
    }
  }

  int rows() {
    return Math.toIntExact(npy.shape().get(0));
  }

  /** Whether the elements are whole numbers of rank one: categories. */
  boolean isIndex() {
    return npy.shape().size() == 1 && npy.kind() != 'f';
  }

  /** The elements as bytes of pictures, or as floats. */
  Column column() {
    int width = npy.rowElements();
    if (isPicture()) {
      return Column.bytes(store, npy.dataStart(), width, width, rows());
    }
    NumpyArray self = this;
    return new Column() {
      @Override
      public int rows() {
        return self.rows();
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        self.each((long) first * width, (long) count * width, (at, value) -> to.putFloat((float) value));
      }
    };
  }

  /** Whether the elements are bytes that mean 0..1. */
  boolean isPicture() {
    return npy.kind() == 'u' && npy.bytes() == 1 && npy.shape().size() > 1;
  }

  /** Hears of elements in turn. */
  @FunctionalInterface
  interface Visitor {
    void take(long index, double value);
  }

  /** Goes through {@code count} elements from {@code first} on. */
  void each(long first, long count, Visitor visitor) {
    int size = npy.bytes();
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(count, BLOCK) * size).order(npy.order());
    for (long at = first; at < first + count; ) {
      int n = (int) Math.min(BLOCK, first + count - at);
      block.clear().limit(n * size);
      store.read(npy.dataStart() + at * size, block);
      for (int i = 0; i < n; i++) {
        visitor.take(at + i, npy.number(block, i));
      }
      at += n;
    }
  }

  /** All elements as the numbers of categories. */
  int[] categories() {
    int[] labels = new int[rows()];
    each(0, labels.length, (at, value) -> {
      if (value < 0 || value > 1_000_000) {
        throw DataException.atByte(file, npy.dataStart() + at * npy.bytes(), what + "a category of " + (long) value,
            "categories are counted from 0; store numbers to predict as floats");
      }
      labels[(int) at] = (int) value;
    });
    return labels;
  }
}

package dlv.runtime.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of CIFAR-10's binary files (Krizhevsky, 2009), plain or in gzip: {@code data_batch_….bin} for training,
 * {@code test_batch….bin} for test. A record is the label, then the red, green and blue bytes of a 32x32 picture.
 */
final class CifarFolder {
  private static final DataType TYPE = new DataType(List.of(Field.bytes("image", List.of(3, 32, 32)),
      Field.categories("label", List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
          "truck"))));

  static final SourceKind KIND = new SourceKind("cifar10", "the small pictures of Krizhevsky in binary files",
      List.of(new Parameter("folder", Parameter.Kind.TEXT, Optional.of("cifar10"),
          "the folder of data_batch_1.bin and so on")), Optional.of(TYPE), a -> open(a.path("folder")));

  private static final Pattern TRAIN = Pattern.compile("data_batch\\w*\\.bin(?:\\.gz)?");
  private static final Pattern TEST = Pattern.compile("test_batch\\w*\\.bin(?:\\.gz)?");
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;

  private CifarFolder() {}

  /** Whether a folder holds such files. */
  static boolean isOne(Path folder) {
    return !find(folder, TRAIN).isEmpty();
  }

  static DataSource open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw DataException.of(folder, "there is no such folder", "put the binary files of CIFAR-10 there, or bind"
          + " others with --data NAME=FOLDER");
    }
    List<Path> train = find(folder, TRAIN);
    if (train.isEmpty()) {
      throw DataException.of(folder, "there is no data_batch_….bin or data_batch_….bin.gz in this folder",
          "put the binary files of CIFAR-10 there");
    }
    FileSource source = new FileSource(TYPE);
    split(source, Split.TRAIN, train);
    List<Path> test = find(folder, TEST);
    if (!test.isEmpty()) {
      split(source, Split.TEST, test);
    }
    return source;
  }

  private static void split(FileSource source, Split split, List<Path> files) {
    List<Column> images = new ArrayList<>();
    List<Column> labels = new ArrayList<>();
    for (Path file : files) {
      long bytes = unpackedSize(file);
      if (bytes == 0 || bytes % RECORD != 0) {
        throw DataException.atByte(file, bytes / RECORD * RECORD, bytes + " bytes are no whole number of records of "
            + RECORD, "the file is empty, truncated or not of CIFAR-10: fetch it again");
      }
      int rows = Math.toIntExact(bytes / RECORD);
      ByteStore store = ByteStore.of(file, bytes);
      source.owns(store).dependsOn(file);
      images.add(Column.bytes(store, 1, RECORD, PIXELS, rows));
      labels.add(labels(file, store, rows));
    }
    source.split(split, List.of(Column.joined(images), Column.joined(labels)));
  }

  private static Column labels(Path file, ByteStore store, int rows) {
    Column bytes = Column.bytes(store, 0, RECORD, 1, rows);
    return new Column() {
      @Override
      public int rows() {
        return rows;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        ByteBuffer raw = ByteBuffer.allocate(count);
        bytes.copy(first, count, raw);
        for (int i = 0; i < count; i++) {
          int label = raw.get(i) & 0xFF;
          if (label > 9) {
            throw DataException.atByte(file, (long) (first + i) * RECORD, "label " + label + " in record "
                + (first + i), "labels are from 0 to 9: the file is damaged or not of CIFAR-10");
          }
          to.putInt(label);
        }
      }
    };
  }

  /** The size of a file, or what the last four bytes of a gzip file say it unpacks to; unpacking verifies that. */
  private static long unpackedSize(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (!GzipFile.isOne(file)) {
        return in.length();
      }
      byte[] last = new byte[4];
      in.seek(Math.max(0, in.length() - 4));
      in.readFully(last);
      return ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFFFFFFL;
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private static List<Path> find(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> name.matcher(f.getFileName().toString()).matches()).sorted().toList();
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }
}

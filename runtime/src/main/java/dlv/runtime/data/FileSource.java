package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A source whose rows lie in files or in memory: for each split a column a field. */
final class FileSource implements DataSource {
  private final DataType type;
  private final Map<Split, List<Column>> columns = new EnumMap<>(Split.class);
  private final Set<Path> files = new LinkedHashSet<>();
  private final List<String> makers = new ArrayList<>();
  private final List<ByteStore> stores = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> learned = new TreeMap<>();
  private final Map<Split, Map<String, List<String>>> texts = new EnumMap<>(Split.class);

  FileSource(DataType type) {
    this.type = type;
  }

  /** Adds a split, whose columns come in the order of the fields. */
  FileSource split(Split split, List<Column> fields) {
    if (fields.size() != type.fields().size()
        || fields.stream().mapToInt(Column::rows).distinct().count() != 1) {
      throw new IllegalArgumentException("columns of one length are wanted for " + type);
    }
    columns.put(split, List.copyOf(fields));
    return this;
  }

  /** Names files that the data depend on. */
  FileSource dependsOn(Path... more) {
    files.addAll(List.of(more));
    return this;
  }

  /** Says what made data that no file holds. */
  FileSource dependsOn(String maker) {
    makers.add(maker);
    return this;
  }

  /** Hands over a store that is closed with the source. */
  FileSource owns(ByteStore store) {
    stores.add(store);
    return this;
  }

  /** Keeps the sentences of a split, by field, as they stand in the file. */
  FileSource texts(Split split, Map<String, List<String>> byField) {
    texts.put(split, byField);
    return this;
  }

  /** Keeps something that was learned from the training rows. */
  FileSource learned(String key, String text) {
    learned.put(key, text);
    return this;
  }

  FileSource warn(String warning) {
    warnings.add(warning);
    return this;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int rows(Split split) {
    List<Column> fields = columns.get(split);
    return fields == null ? 0 : fields.get(0).rows();
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return false;
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    Objects.checkFromIndexSize(first, count, rows(split));
    for (int f = 0; f < type.fields().size(); f++) {
      ByteBuffer buffer = to.get(type.fields().get(f).name());
      if (buffer != null && count > 0) {
        ByteBuffer view = Rows.inNativeOrder(buffer);
        columns.get(split).get(f).copy(first, count, view);
        buffer.position(view.position());
      }
    }
  }

  @Override
  public String fingerprint() {
    return Stream.concat(makers.stream(), files.stream().map(FileSource::checksum))
        .collect(Collectors.joining(", ", type + " from ", ""));
  }

  private static String checksum(Path file) {
    CRC32 crc = new CRC32();
    long size = 0;
    byte[] block = new byte[1 << 16];
    try (InputStream in = DataFile.open(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        crc.update(block, 0, n);
        size += n;
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
    return file.getFileName() + " " + size + " " + Long.toHexString(crc.getValue());
  }

  @Override
  public Map<String, String> learned() {
    return Map.copyOf(learned);
  }

  @Override
  public List<String> texts(Split split, String name) {
    return texts.getOrDefault(split, Map.of()).getOrDefault(name, List.of());
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() {
    stores.forEach(ByteStore::close);
  }
}

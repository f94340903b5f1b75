package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** What the tests of sources share. */
final class Opened {
  private Opened() {}

  static DataSource source(String kind, Map<String, ?> arguments, Path folder) {
    return DataSources.open(DataSources.kind(kind).orElseThrow(), arguments, folder, Optional.empty());
  }

  static DataSource bound(String kind, Map<String, ?> arguments, Path data) {
    return DataSources.open(DataSources.kind(kind).orElseThrow(), arguments, data.getParent(), Optional.of(data));
  }

  /** Rows of a split by field, flipped for reading. */
  static Map<String, ByteBuffer> rows(DataSource source, Split split, long epoch, int first, int count) {
    Map<String, ByteBuffer> to = new LinkedHashMap<>();
    for (Field f : source.type().fields()) {
      to.put(f.name(), ByteBuffer.allocate(count * f.bytesPerRow()).order(ByteOrder.nativeOrder()));
    }
    source.fill(split, epoch, first, count, to);
    to.values().forEach(b -> {
      assertFalse(b.hasRemaining(), "the buffer is full");
      b.flip();
    });
    return to;
  }

  /** Runs what must be refused, and checks that the refusal is a good one. */
  static DataException refused(Executable work) {
    DataException e = assertThrows(DataException.class, work);
    assertFalse(e.problem().isBlank());
    assertFalse(e.help().isBlank());
    assertTrue(e.getMessage().startsWith(e.file()), e.getMessage());
    return e;
  }
}

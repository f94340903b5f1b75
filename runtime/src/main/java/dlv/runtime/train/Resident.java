package dlv.runtime.train;

import dlv.runtime.BoundEntry;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Field;
import dlv.runtime.data.Places;
import dlv.runtime.data.Split;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One data line's rows in device memory. Data that are drawn anew each epoch are drawn ahead, in the background, while
 * the device trains on the epoch before.
 */
final class Resident {
  private final BoundEntry entry;
  private final String name;
  private final DataSource source;
  private final Split split;
  private long epoch = -1;
  private long comingEpoch = -1;
  private int[] places = {};
  private CompletableFuture<Map<String, ByteBuffer>> coming;

  /** @param name what the inputs' names begin with: {@code digits}, {@code held.digits} */
  Resident(BoundEntry entry, String name, DataSource source, Split split) {
    this.entry = entry;
    this.name = name;
    this.source = source;
    this.split = split;
  }

  /** Whether the entry reads an input of these data; a program need not use every field. */
  private boolean reads(String field) {
    return entry.entry().inputs().stream().anyMatch(input -> input.name().equals(name + "." + field));
  }

  /** The order in which training takes the rows. */
  void order(int[] order) {
    if (reads("order")) {
      entry.write(name + ".order", order);
    }
  }

  int rows() {
    return source.rows(split);
  }

  /** How many places each of the rows shown takes; empty where all of them take the same. */
  int[] places() {
    return places;
  }

  /** Makes the rows of an epoch those that the device sees, and begins with the next epoch's. */
  void show(long wanted) {
    boolean changes = source.changesByEpoch(split);
    if (epoch >= 0 && !changes) {
      return;
    }
    if (epoch != wanted) {
      Map<String, ByteBuffer> rows = comingEpoch == wanted ? await() : draw(wanted);
      places = Places.of(source.type(), rows);
      rows.forEach((field, bytes) -> {
        if (reads(field)) {
          entry.write(name + "." + field, bytes);
        }
      });
      epoch = wanted;
    }
    if (changes && comingEpoch != wanted + 1) {
      comingEpoch = wanted + 1;
      coming = CompletableFuture.supplyAsync(() -> draw(wanted + 1));
    }
  }

  private Map<String, ByteBuffer> await() {
    try {
      return coming.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DataException data) {
        throw data;
      }
      throw e;
    }
  }

  private Map<String, ByteBuffer> draw(long wanted) {
    var to = new LinkedHashMap<String, ByteBuffer>();
    List<String> lengths = Places.fields(source.type());
    for (Field field : source.type().fields()) {
      if (reads(field.name()) || lengths.contains(field.name())) {
        int bytes = Math.multiplyExact(rows(), field.bytesPerRow());
        to.put(field.name(), ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
      }
    }
    source.fill(split, wanted, 0, rows(), to);
    to.values().forEach(ByteBuffer::flip);
    return to;
  }
}

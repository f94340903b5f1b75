package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many places rows take whose length differs by example, and the rooms that waste few of them. */
public final class Places {
  private Places() {}

  /** The fields that say how long an example is. */
  public static List<String> fields(DataType type) {
    var names = new TreeSet<String>();
    type.fields().forEach(field -> names.addAll(field.lengths().values()));
    return List.copyOf(names);
  }

  /** The places that an example has room for: its longest axis whose length differs; 0 where there is none. */
  public static int most(DataType type) {
    return type.fields().stream().flatMapToInt(field -> field.lengths().keySet().stream()
        .mapToInt(axis -> field.shape().get(axis))).max().orElse(0);
  }

  /** For each row the places that its longest axis takes; {@code rows} has the {@link #fields}, ready to be read. */
  public static int[] of(DataType type, Map<String, ByteBuffer> rows) {
    int[] places = new int[0];
    for (String field : fields(type)) {
      var lengths = rows.get(field).duplicate().order(ByteOrder.nativeOrder()).asIntBuffer();
      places = places.length == 0 ? new int[lengths.remaining()] : places;
      for (int i = 0; i < places.length; i++) {
        places[i] = Math.max(places[i], lengths.get(i));
      }
    }
    return places;
  }

  /** The same of the training rows of the first epoch. */
  public static int[] ofTraining(DataSource source) {
    var rows = new HashMap<String, ByteBuffer>();
    fields(source.type()).forEach(field -> rows.put(field,
        ByteBuffer.allocateDirect(Math.multiplyExact(Integer.BYTES, source.rows(Split.TRAIN)))));
    source.fill(Split.TRAIN, 0, 0, source.rows(Split.TRAIN), rows);
    rows.values().forEach(ByteBuffer::flip);
    return of(source.type(), rows);
  }

  /**
   * At most {@code count} rooms, rising, such that rows take the fewest places where each lies in the smallest room that
   * holds it. The last holds all of them.
   */
  public static List<Integer> rooms(int[] places, int count) {
    var rows = new TreeMap<Integer, Long>();
    Arrays.stream(places).forEach(length -> rows.merge(length, 1L, Long::sum));
    int[] lengths = rows.keySet().stream().mapToInt(n -> n).toArray();
    long[] until = new long[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      until[i + 1] = until[i] + rows.get(lengths[i]);
    }
    long[] cost = new long[lengths.length + 1];
    Arrays.fill(cost, 1, cost.length, Long.MAX_VALUE);
    var before = new ArrayList<int[]>();
    for (int k = 0; k < Math.min(count, lengths.length); k++) {
      long[] next = cost.clone();
      int[] from = new int[cost.length];
      Arrays.fill(from, -1);
      for (int i = 1; i < cost.length; i++) {
        for (int j = 0; j < i; j++) {
          long all = cost[j] == Long.MAX_VALUE ? cost[j] : cost[j] + lengths[i - 1] * (until[i] - until[j]);
          if (all < next[i]) {
            next[i] = all;
            from[i] = j;
          }
        }
      }
      before.add(from);
      cost = next;
    }
    return rooms(lengths, before);
  }

  /** Walks back from the longest: {@code before} says for each number of rooms where the room before ends. */
  private static List<Integer> rooms(int[] lengths, List<int[]> before) {
    var rooms = new ArrayList<Integer>();
    int at = lengths.length;
    for (int k = before.size() - 1; at > 0; k--) {
      if (before.get(k)[at] >= 0) {
        rooms.add(0, lengths[at - 1]);
        at = before.get(k)[at];
      }
    }
    return rooms;
  }
}

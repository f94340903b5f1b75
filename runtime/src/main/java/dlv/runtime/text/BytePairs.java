package dlv.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Byte-pair encoding (Gage 1994; Sennrich, Haddow, Birch 2016) over the bytes of UTF-8: symbols 0 to 255 are the bytes,
 * each further one is two symbols before it, the pair that was most frequent when it was made.
 *
 * <p>No symbol crosses from one piece of text into the next; a piece is a word with the white space before it, so that
 * decoding is exact. Of equally frequent pairs the one of lower numbers is taken, so that learning is deterministic.
 */
public final class BytePairs {
  static final int BYTES = 256;

  private final int[][] merges;
  private final byte[][] symbols;
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final Map<String, int[]> known = new HashMap<>();

  /** @param merges for each symbol from 256 on the two symbols that it is made of */
  BytePairs(List<int[]> merges) {
    this.merges = merges.toArray(int[][]::new);
    this.symbols = new byte[BYTES + this.merges.length][];
    for (int i = 0; i < symbols.length; i++) {
      if (i < BYTES) {
        symbols[i] = new byte[] {(byte) i};
        continue;
      }
      int[] pair = this.merges[i - BYTES];
      if (pair.length != 2 || pair[0] < 0 || pair[1] < 0 || pair[0] >= i || pair[1] >= i) {
        throw new IllegalArgumentException("symbol " + i + " is made of two before it, not of " + Arrays.toString(pair));
      }
      byte[] first = symbols[pair[0]];
      byte[] second = symbols[pair[1]];
      symbols[i] = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, symbols[i], first.length, second.length);
      ranks.put(key(pair[0], pair[1]), i);
    }
  }

  private static long key(int a, int b) {
    return (long) a << 32 | b;
  }

  /** A piece of the training text that occurs {@code count} times, as the symbols it has so far. */
  private static final class Piece {
    private final int[] symbols;
    private int length;
    private final long count;

    private Piece(String text, long count) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      this.symbols = new int[bytes.length];
      this.length = bytes.length;
      this.count = count;
      for (int i = 0; i < bytes.length; i++) {
        symbols[i] = bytes[i] & 0xFF;
      }
    }

    /** Puts {@code made} in the place of each pair (a, b), and tells of the pairs that went and came. */
    private void merge(int a, int b, int made, Pairs pairs, int own) {
      int to = 0;
      for (int i = 0; i < length; i++) {
        if (i + 1 < length && symbols[i] == a && symbols[i + 1] == b) {
          if (to > 0) {
            pairs.add(symbols[to - 1], a, -count, own);
            pairs.add(symbols[to - 1], made, count, own);
          }
          if (i + 2 < length) {
            pairs.add(b, symbols[i + 2], -count, own);
            pairs.add(made, symbols[i + 2], count, own);
          }
          symbols[to++] = made;
          i++;
        } else {
          symbols[to++] = symbols[i];
        }
      }
      length = to;
    }

    /** The same without telling. */
    private void join(int[] pair, int made) {
      int to = 0;
      for (int i = 0; i < length; i++) {
        boolean found = i + 1 < length && symbols[i] == pair[0] && symbols[i + 1] == pair[1];
        symbols[to++] = found ? made : symbols[i];
        i += found ? 1 : 0;
      }
      length = to;
    }
  }

  /** How often each pair stands in the text, in which pieces it may, and which is the most frequent. */
  private static final class Pairs {
    private final Map<Long, long[]> counts = new HashMap<>();
    private final Map<Long, List<Integer>> places = new HashMap<>();
    private final Set<Long> grown = new HashSet<>();
    private final Map<Long, Long> queued = new HashMap<>();
    private final PriorityQueue<long[]> queue = new PriorityQueue<>((x, y) ->
        x[0] != y[0] ? Long.compare(y[0], x[0]) : Long.compare(x[1], y[1]));

    private void add(int a, int b, long count, int piece) {
      long pair = key(a, b);
      counts.computeIfAbsent(pair, p -> new long[1])[0] += count;
      if (count > 0) {
        List<Integer> at = places.computeIfAbsent(pair, p -> new ArrayList<>());
        if (at.isEmpty() || at.get(at.size() - 1) != piece) {
          at.add(piece);
        }
        grown.add(pair);
      }
    }

    private void queue(long pair) {
      long count = counts.get(pair)[0];
      queued.put(pair, count);
      queue.add(new long[] {count, pair});
    }

    /** The most frequent pair; -1 where none occurs twice. Counts that have shrunk are put right as they come up. */
    private long best() {
      grown.forEach(this::queue);
      grown.clear();
      while (!queue.isEmpty()) {
        long[] top = queue.poll();
        if (queued.get(top[1]) != top[0]) {
          continue;
        }
        long now = counts.get(top[1])[0];
        if (now == top[0]) {
          return now < 2 ? -1 : top[1];
        }
        queue(top[1]);
      }
      return -1;
    }
  }

  /**
   * Learns from the pieces of a text.
   *
   * @param pieces how often each occurs
   * @param symbols how many symbols to make, the 256 bytes among them; fewer are made where no pair occurs twice
   */
  static BytePairs learn(Map<String, Long> pieces, int symbols) {
    List<Piece> all = new ArrayList<>();
    Pairs pairs = new Pairs();
    new TreeMap<>(pieces).forEach((text, count) -> {
      Piece piece = new Piece(text, count);
      for (int i = 0; i + 1 < piece.length; i++) {
        pairs.add(piece.symbols[i], piece.symbols[i + 1], count, all.size());
      }
      all.add(piece);
    });
    List<int[]> merges = new ArrayList<>();
    while (BYTES + merges.size() < symbols) {
      long best = pairs.best();
      if (best < 0) {
        break;
      }
      int a = (int) (best >>> 32);
      int b = (int) best;
      int made = BYTES + merges.size();
      merges.add(new int[] {a, b});
      for (int piece : pairs.places.remove(best)) {
        all.get(piece).merge(a, b, made, pairs, piece);
      }
      pairs.counts.get(best)[0] = 0;
    }
    return new BytePairs(merges);
  }

  /** For each symbol from 256 on the two that it is made of. */
  List<int[]> merges() {
    return List.of(merges);
  }

  int size() {
    return symbols.length;
  }

  /** The bytes that a symbol stands for. */
  byte[] bytes(int symbol) {
    return symbols[symbol];
  }

  /** The symbols of a piece: of the pairs in it the one that was made first is joined, and so on. */
  synchronized int[] encode(String piece) {
    return known.computeIfAbsent(piece, text -> {
      Piece own = new Piece(text, 1);
      while (true) {
        int best = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < own.length; i++) {
          best = Math.min(best, ranks.getOrDefault(key(own.symbols[i], own.symbols[i + 1]), Integer.MAX_VALUE));
        }
        if (best == Integer.MAX_VALUE) {
          return Arrays.copyOf(own.symbols, own.length);
        }
        own.join(merges[best - BYTES], best);
      }
    });
  }
}

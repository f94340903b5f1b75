package dlv.runtime.train;

import dlv.runtime.BoundEntry;
import dlv.runtime.Executable;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The entries that make a step, by the places that their rows may take; the last takes rows of any length. */
final class Rooms {
  private final NavigableMap<Integer, BoundEntry> entries = new TreeMap<>();
  private final int rowsPerStep;
  private int[] places = {};

  Rooms(Executable executable, Training training) {
    training.rooms().forEach(room ->
        entries.put(room, executable.entry(training.entry("iterate") + "." + room)));
    entries.put(Integer.MAX_VALUE, executable.entry(training.entry("iterate")));
    rowsPerStep = Math.toIntExact(training.rowsPerStep());
  }

  /** The entry for rows of any length. */
  BoundEntry whole() {
    return entries.lastEntry().getValue();
  }

  /** Whether batches are made of rows of like length. */
  boolean differ() {
    return entries.size() > 1;
  }

  /** Says which rows come in this epoch, and how many places each row takes. */
  void order(int[] order, int[] ofRows) {
    places = Arrays.stream(order).map(row -> ofRows[row]).toArray();
  }

  /** The entry for a step of the epoch: that of the smallest room which holds all of its rows. */
  BoundEntry of(long step) {
    if (places.length == 0) {
      return whole();
    }
    int first = Math.toIntExact(step * rowsPerStep);
    return entries.ceilingEntry(Arrays.stream(places, first, first + rowsPerStep).max().orElse(0)).getValue();
  }
}

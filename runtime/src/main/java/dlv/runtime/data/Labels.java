package dlv.runtime.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.List;

/** Checks of the labels of a split. */
final class Labels {
  private Labels() {}

  /** The largest label. */
  static int largest(int[] labels) {
    int most = 0;
    for (int label : labels) {
      most = Math.max(most, label);
    }
    return most;
  }

  /** The names of classes: those expected if all labels are below their number, else the numbers that occur. */
  static List<String> classes(int largest, Optional<Field> expected) {
    if (expected.isPresent() && expected.get().isIndex() && largest < expected.get().classes().size()) {
      return expected.get().classes();
    }
    return Field.numbered(largest + 1);
  }

  /** A warning if all labels are equal. */
  static Optional<String> monotony(Path file, int[] labels) {
    for (int label : labels) {
      if (label != labels[0]) {
        return Optional.empty();
      }
    }
    return labels.length < 2 ? Optional.empty()
        : Optional.of(file + ": all " + labels.length + " rows are of class " + labels[0]);
  }
}

package dlv.runtime.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts rows that come without splits into training, validation and test rows, by chance and by a seed. */
final class Shares {
  static final List<Parameter> PARAMETERS = List.of(
      new Parameter("test", Parameter.Kind.REAL, Optional.of(0.2), "the share of rows held back for test"),
      new Parameter("validation", Parameter.Kind.REAL, Optional.of(0.0), "the share of rows held back for validation"),
      new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed by which rows are held back"));

  private Shares() {}

  /** The rows of each split that gets any, in rising order. */
  static Map<Split, int[]> cut(Arguments arguments, int rows) {
    double test = arguments.share("test");
    double validation = arguments.share("validation");
    if (test + validation >= 1) {
      throw new DataException("", "", "test: " + test + " and validation: " + validation
          + " leave no rows for training", "lower one of them");
    }
    int[] order = Order.shuffled(arguments.whole("seed"), -1, 0, rows);
    int tests = (int) (test * rows);
    int validations = (int) (validation * rows);
    Map<Split, int[]> cut = new EnumMap<>(Split.class);
    put(cut, Split.TEST, order, 0, tests);
    put(cut, Split.VALIDATION, order, tests, tests + validations);
    put(cut, Split.TRAIN, order, tests + validations, rows);
    return cut;
  }

  private static void put(Map<Split, int[]> cut, Split split, int[] order, int from, int until) {
    if (from < until) {
      int[] rows = Arrays.copyOfRange(order, from, until);
      Arrays.sort(rows);
      cut.put(split, rows);
    }
  }
}

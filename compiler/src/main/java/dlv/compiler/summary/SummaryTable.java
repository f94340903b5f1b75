package dlv.compiler.summary;

import dlv.compiler.check.TensorType;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A summary for people: a line a layer, numbers to the right, sums at the end. */
public final class SummaryTable {

  private static final List<String> HEADS =
      List.of("layer", "output", "parameters", "", "multiply-adds", "bytes", "field of view");
  private static final List<Boolean> TO_THE_RIGHT = List.of(false, false, true, false, true, true, false);

  /** What is wider does not widen its column, but stands out of it. */
  private static final int WIDEST = 48;

  private SummaryTable() {}

  /** The table of a network, with a line end. */
  public static String of(NetworkSummary network) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    network.layers().forEach(layer -> rows.add(row(layer)));
    rows.add(List.of("", "", number(network.parameters()), "", number(network.multiplyAdds()),
        number(network.activationBytes()), ""));
    int[] widths = new int[HEADS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length() > WIDEST ? 0 : row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder(network.name()).append('\n');
    rows.forEach(row -> table.append(line(row, widths)).append('\n'));
    return table.toString();
  }

  /** A number with its thousands apart, or the formula that it still is. */
  public static String number(Dim dim) {
    return dim.isConstant() ? String.format(Locale.ROOT, "%,d", dim.value()) : dim.text();
  }

  private static List<String> row(LayerSummary layer) {
    return List.of(
        "  ".repeat(layer.depth()) + layer.name(),
        layer.outputs().stream().map(TensorType::text).collect(Collectors.joining(", ")),
        number(layer.parameters()),
        layer.formula().isEmpty() || layer.formula().equals(layer.parameters().text()) ? "" : "= " + layer.formula(),
        number(layer.multiplyAdds()),
        number(layer.activationBytes()),
        layer.receptiveField()
            .map(extents -> extents.stream().map(Dim::text).collect(Collectors.joining("x")))
            .orElse(""));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String blanks = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
      line.append("  ").append(TO_THE_RIGHT.get(i) ? blanks + row.get(i) : row.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }
}

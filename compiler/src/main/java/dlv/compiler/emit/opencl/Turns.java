package dlv.compiler.emit.opencl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts that differ in whole numbers alone, as turns of one loop over a table of these numbers: the stretches of an arena
 * are many, and a driver compiles their formulas once for each form instead of once for each stretch.
 */
final class Turns {
  /** Fewer texts than these stay as they are. */
  private static final int FEW = 3;
  /** A whole number that is no part of a name or of a fraction. */
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");

  private Turns() {}

  /** Writes the texts, each of which stands in braces of its own, in an order of their forms. */
  static void write(List<String> texts, Code code) {
    Map<String, List<String>> forms = new LinkedHashMap<>();
    texts.forEach(text -> forms.computeIfAbsent(NUMBER.matcher(text).replaceAll("#"), form -> new ArrayList<>())
        .add(text));
    for (List<String> alike : forms.values()) {
      if (alike.size() < FEW) {
        alike.forEach(text -> paste(text, code));
      } else {
        loop(alike, code);
      }
    }
  }

  private static void loop(List<String> texts, Code code) {
    List<List<String>> rows = texts.stream().map(Turns::numbers).toList();
    List<List<String>> columns = IntStream.range(0, rows.get(0).size())
        .mapToObj(i -> rows.stream().map(row -> row.get(i)).toList()).toList();
    List<List<String>> varied = columns.stream().filter(column -> column.stream().distinct().count() > 1).distinct()
        .toList();
    String table = code.fresh("table");
    String turn = code.fresh("turn");
    code.declare("__constant int " + table + "[" + texts.size() + "][" + Math.max(1, varied.size()) + "] = {"
        + IntStream.range(0, texts.size()).mapToObj(row -> varied.stream().map(column -> column.get(row))
            .collect(Collectors.joining(", ", "{", "}"))).collect(Collectors.joining(", ")) + "};");
    code.within("for (int " + turn + " = 0; " + turn + " < " + texts.size() + "; " + turn + "++)", true, () -> {
      List<String> names = varied.stream().map(column -> code.fresh("n")).toList();
      for (int i = 0; i < names.size(); i++) {
        code.line("const int " + names.get(i) + " = " + table + "[" + turn + "][" + i + "];");
      }
      var column = columns.iterator();
      paste(NUMBER.matcher(texts.get(0)).replaceAll(number -> {
        int at = varied.indexOf(column.next());
        return at < 0 ? number.group() : names.get(at);
      }), code);
    });
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(number -> number.group()).toList();
  }

  private static void paste(String text, Code code) {
    text.lines().forEach(line -> code.line(line.substring(2)));
  }
}

package dlv.runtime.report;

import dlv.runtime.data.Split;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one moment of a training.
 *
 * @param epoch the epoch that the step belongs to, from 1
 * @param step training steps done
 * @param split what the figures were taken on
 * @param loss the mean loss
 * @param values the reported figures by name, in the order of the program
 */
public record Report(long epoch, long step, Split split, double loss, Map<String, Double> values) {
  /** Keeps the order of the values. */
  public Report {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The line of {@code metrics.jsonl}. */
  String toJson() {
    Json.Builder line = Json.object().put("epoch", epoch).put("step", step).put("split", split.toString())
        .put("loss", loss);
    values.forEach(line::put);
    return line.build().toLine();
  }

  /** Reads what {@link #toJson} wrote. */
  static Report parse(String line) {
    JsonView view = Json.parse(line).view();
    Map<String, Double> values = new LinkedHashMap<>();
    view.keys().stream().skip(4).forEach(k -> values.put(k, view.at(k).real()));
    return new Report(view.at("epoch").integer(), view.at("step").integer(),
        Split.valueOf(view.at("split").text().toUpperCase(Locale.ROOT)), view.at("loss").real(), values);
  }
}

package dlv.runtime.report;

import dlv.runtime.data.Split;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The figures of one moment of a training.
 *
 * @param epoch the epoch that the step belongs to, from 1
 * @param step training steps done
 * @param split what the figures were taken on
 * @param stage the stage of the training; empty where it has none
 * @param loss the mean loss
 * @param values the reported figures by name, in the order of the program
 */
public record Report(long epoch, long step, Split split, String stage, double loss,
                     Map<String, Double> values) {
  private static final Set<String> FIXED = Set.of("epoch", "step", "split", "stage", "loss");

  /** Keeps the order of the values. */
  public Report {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Figures of a training without stages. */
  public Report(long epoch, long step, Split split, double loss, Map<String, Double> values) {
    this(epoch, step, split, "", loss, values);
  }

  /** The line of {@code metrics.jsonl}. */
  String toJson() {
    Json.Builder line = Json.object().put("epoch", epoch).put("step", step).put("split", split.toString());
    if (!stage.isEmpty()) {
      line.put("stage", stage);
    }
    line.put("loss", loss);
    values.forEach(line::put);
    return line.build().toLine();
  }

  /** Reads what {@link #toJson} wrote. */
  static Report parse(String line) {
    JsonView view = Json.parse(line).view();
    Map<String, Double> values = new LinkedHashMap<>();
    view.keys().stream().filter(k -> !FIXED.contains(k)).forEach(k -> values.put(k, view.at(k).real()));
    return new Report(view.at("epoch").integer(), view.at("step").integer(),
        Split.valueOf(view.at("split").text().toUpperCase(Locale.ROOT)), view.keys().contains("stage") ? view.at("stage").text() : "", view.at("loss").real(), values);
  }
}

package dlv.tests.kit;

import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the parts of the kit have left, together. */
final class Results {
  private static final int VERSION = 1;
  private static final List<String> PARTS = List.of("doctor", "tests", "speed", "torch");

  private final List<Optional<Json>> parts = new ArrayList<>();

  private Results() {}

  /** Reads what is there; a part that did not run, or crashed, is missing. */
  static Results read(Path work) throws IOException {
    var results = new Results();
    for (String part : PARTS) {
      Path file = work.resolve(part + ".json");
      results.parts.add(Files.exists(file) ? Optional.of(Json.parse(Files.readString(file))) : Optional.empty());
    }
    return results;
  }

  private Optional<JsonView> part(String name) {
    return parts.get(PARTS.indexOf(name)).map(Json::view);
  }

  Json toJson() {
    var json = Json.object().put("version", VERSION);
    for (String name : PARTS) {
      part(name).ifPresent(view -> json.put(name, view.value()));
    }
    return json.build();
  }

  private List<Measurement> rows(String part) {
    return part(part).filter(view -> view.has("rows")).map(view -> view.at("rows").list(Measurement::read))
        .orElse(List.of());
  }

  String toMarkdown() {
    var out = new StringBuilder("# dlv on a device\n\n");
    part("doctor").ifPresentOrElse(doctor -> machine(doctor, out), () -> out.append("The doctor did not finish.\n"));
    part("tests").ifPresentOrElse(tests -> tests(tests, out), () -> out.append("\nThe device tests did not finish, or were not asked for.\n"));
    part("torch").ifPresentOrElse(torch -> out.append("\nPeer: ").append(torch.at("about").text()).append(".\n"),
        () -> out.append("\nNo peer: PyTorch was not found, or not asked for.\n"));
    times(out);
    failures(out);
    return out.toString();
  }

  private static void machine(JsonView doctor, StringBuilder out) {
    out.append("Date: ").append(doctor.at("date").text()).append('\n');
    if (doctor.has("device")) {
      JsonView device = doctor.at("device");
      out.append("Device: ").append(device.at("name").text()).append(" (").append(device.at("platform").text())
          .append(", driver ").append(device.at("driver").text()).append(", ")
          .append(device.at("computeUnits").integer()).append(" units, ")
          .append(number("%.1f GiB", device.at("globalMemory").integer() / (double) (1L << 30))).append(")\n")
          .append("Flavour: ").append(doctor.at("flavour").text()).append('\n');
    }
    doctor.at("findings").list(f -> f).stream().filter(f -> !f.at("level").text().equals("ok")).forEach(f ->
        out.append("Doctor: ").append(f.at("what").text()).append(": ").append(f.at("found").text()).append('\n'));
  }

  private static void tests(JsonView tests, StringBuilder out) {
    out.append("\nDevice tests: ").append(tests.at("passed").integer()).append(" passed, ")
        .append(tests.at("failed").integer()).append(" failed, ").append(tests.at("skipped").integer())
        .append(" skipped, in ").append(number("%.0f s", tests.at("seconds").real())).append('\n');
    tests.at("left").list(JsonView::text).forEach(name -> out.append("- no time was left for ").append(name)
        .append('\n'));
    tests.at("failures").list(f -> f).forEach(f -> out.append("- ").append(f.at("test").text()).append(": ")
        .append(f.at("reason").text()).append('\n'));
  }

  /** A line each thing that dlv did; each contender's time, and in brackets how often dlv's time goes into it. */
  private void times(StringBuilder out) {
    List<Measurement> torch = rows("torch").stream().filter(Measurement::succeeded).toList();
    Set<String> columns = new LinkedHashSet<>();
    torch.forEach(row -> columns.add(column(row)));
    List<Measurement> own = rows("speed").stream().filter(Measurement::succeeded).toList();
    if (own.isEmpty()) {
      return;
    }
    out.append("\nTimes for one, many given before waiting; in brackets the peer's time over dlv's.\n\n");
    out.append("| | dlv | TFLOP/s |");
    columns.forEach(column -> out.append(' ').append(column).append(" |"));
    out.append("\n|---|--:|--:|").append("--:|".repeat(columns.size())).append('\n');
    for (Measurement row : own) {
      out.append("| ").append(row.name()).append(" | ").append(time(row.median())).append(" | ")
          .append(row.operations() == 0 ? "" : number("%.3g", row.operations() / row.median() / 1e12)).append(" |");
      for (String column : columns) {
        out.append(' ').append(torch.stream().filter(t -> t.name().equals(row.name()) && column(t).equals(column))
            .findFirst().map(t -> time(t.median()) + " (" + number("%.2f", t.median() / row.median()) + "x)")
            .orElse("")).append(" |");
      }
      out.append('\n');
    }
  }

  private static String column(Measurement row) {
    return row.contender() + (row.tf32() ? ", TF32" : "");
  }

  private void failures(StringBuilder out) {
    for (String part : List.of("speed", "torch")) {
      rows(part).stream().filter(row -> !row.succeeded()).forEach(row -> out.append("\nNot measured: ")
          .append(row.name()).append(" (").append(column(row)).append("): ").append(row.failure()).append('\n'));
    }
  }

  /** A time with a unit that suits it. */
  static String time(double seconds) {
    return seconds >= 1 ? number("%.2f s", seconds)
        : seconds >= 1e-3 ? number("%.3f ms", seconds * 1e3) : number("%.2f µs", seconds * 1e6);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

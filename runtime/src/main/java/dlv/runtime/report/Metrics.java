package dlv.runtime.report;

import dlv.runtime.data.AtomicFile;
import dlv.runtime.data.DataException;
import dlv.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The figures of a run on disk: {@code metrics.jsonl}, a JSON object a line, and {@code metrics.csv}, the same as a
 * table. Lines are appended as they come.
 */
public final class Metrics implements AutoCloseable {
  private final Path folder;
  private final List<String> names;
  private final List<Report> reports;
  private final boolean staged;
  private final FileChannel jsonLines;
  private final FileChannel csv;

  private Metrics(Path folder, List<String> names, List<Report> reports, boolean staged) throws IOException {
    this.folder = folder;
    this.staged = staged;
    this.names = List.copyOf(names);
    this.reports = reports;
    StringBuilder lines = new StringBuilder();
    StringBuilder table = new StringBuilder(staged ? "epoch,step,split,stage,loss" : "epoch,step,split,loss");
    names.forEach(n -> table.append(',').append(n));
    table.append('\n');
    for (Report r : reports) {
      lines.append(r.toJson()).append('\n');
      table.append(row(r));
    }
    AtomicFile.write(jsonFile(folder), lines.toString().getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(folder.resolve("metrics.csv"), table.toString().getBytes(StandardCharsets.UTF_8));
    jsonLines = FileChannel.open(jsonFile(folder), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    csv = FileChannel.open(folder.resolve("metrics.csv"), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /**
   * Opens the metrics of a run folder, dropping what was written after the checkpoint that the run goes on from.
   *
   * @param names the reported names, in the order of the program
   * @param step the step of the checkpoint; 0 for a new run
   * @param staged whether the training has stages, which then have a column
   */
  public static Metrics open(Path folder, List<String> names, long step, boolean staged) {
    try {
      List<Report> kept = new ArrayList<>(read(folder));
      kept.removeIf(r -> r.step() > step);
      return new Metrics(folder, names, step == 0 ? new ArrayList<>() : kept, staged);
    } catch (IOException e) {
      throw DataException.io(jsonFile(folder), e);
    }
  }

  private static Path jsonFile(Path folder) {
    return folder.resolve("metrics.jsonl");
  }

  /** The figures in a run folder; a last line that a crash has cut is passed over. */
  public static List<Report> read(Path folder) {
    Path file = jsonFile(folder);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Report> reports = new ArrayList<>();
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      String[] lines = text.split("\n");
      for (int i = 0; i < lines.length; i++) {
        try {
          if (!lines[i].isEmpty()) {
            reports.add(Report.parse(lines[i]));
          }
        } catch (IllegalArgumentException e) {
          if (i + 1 < lines.length || text.endsWith("\n")) {
            throw DataException.atLine(file, i + 1, 1, "this is no line of metrics (" + e.getMessage() + ")",
                "remove the line, or the file");
          }
        }
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
    return reports;
  }

  private String row(Report r) {
    StringBuilder row = new StringBuilder().append(r.epoch()).append(',').append(r.step()).append(',')
        .append(r.split()).append(staged ? ',' + r.stage() : "").append(',').append(number(r.loss()));
    for (String name : names) {
      row.append(',').append(r.values().containsKey(name) ? number(r.values().get(name)) : "");
    }
    return row.append('\n').toString();
  }

  private static String number(double value) {
    return Json.of(value).toLine().replace("\"", "");
  }

  /** Appends the figures of a moment to both files. */
  public void add(Report report) {
    reports.add(report);
    append(jsonLines, report.toJson() + "\n");
    append(csv, row(report));
  }

  private void append(FileChannel to, String line) {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }

  /** All figures so far. */
  public List<Report> reports() {
    return Collections.unmodifiableList(reports);
  }

  @Override
  public void close() {
    try {
      jsonLines.close();
      csv.close();
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }
}

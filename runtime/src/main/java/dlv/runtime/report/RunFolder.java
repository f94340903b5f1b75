package dlv.runtime.report;

import dlv.runtime.data.AtomicFile;
import dlv.runtime.data.DataException;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonException;
import dlv.runtime.json.JsonView;
import dlv.runtime.weights.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one run, {@code runs/Digits-001}. An interrupted run of equal configuration is taken up again; a
 * finished or a different one leads to a new folder.
 */
public final class RunFolder implements AutoCloseable {
  private static final String RUNNING = "interrupted";
  private static final String FINISHED = "finished";
  private static final String DIVERGED = "diverged";
  private static final int FORMAT = 1;

  private final Path path;
  private final String name;
  private final Configuration configuration;
  private final boolean resumed;
  private final List<String> notes;
  private final RunLock lock;

  private RunFolder(Path path, String name, Configuration configuration, boolean resumed, List<String> notes,
                    RunLock lock) {
    this.path = path;
    this.name = name;
    this.configuration = configuration;
    this.resumed = resumed;
    this.notes = List.copyOf(notes);
    this.lock = lock;
  }

  /** What {@code run.json} in a folder says. */
  private record Entry(Path path, int number, String name, String status, Configuration configuration) {}

  /**
   * Opens the folder of a run among {@code runs} and claims it.
   *
   * @param name the train block's name
   * @throws DataException where a run of equal configuration is going on
   */
  public static RunFolder open(Path runs, String name, Configuration configuration) {
    try {
      Files.createDirectories(runs);
    } catch (FileAlreadyExistsException e) {
      throw DataException.of(runs, "this is a file, and a folder for runs is wanted",
          "name another with --runs FOLDER");
    } catch (IOException e) {
      throw DataException.io(runs, e);
    }
    List<Entry> entries = entries(runs, name);
    List<String> notes = new ArrayList<>();
    for (Entry e : entries) {
      if (e.status().equals(RUNNING) && e.configuration().hash().equals(configuration.hash())) {
        RunLock lock = RunLock.tryTake(e.path()).orElseThrow(() -> taken(e.path()));
        return new RunFolder(e.path(), name, configuration, true, notes, lock);
      }
    }
    if (!entries.isEmpty() && entries.get(entries.size() - 1).status().equals(RUNNING)) {
      Entry last = entries.get(entries.size() - 1);
      notes.add(last.path() + " was interrupted, and is not resumed because another "
          + String.join(", ", configuration.differences(last.configuration())) + " is asked for now");
    }
    return create(runs, name, configuration, entries, notes);
  }

  private static DataException taken(Path folder) {
    return DataException.of(folder, "process " + RunLock.owner(folder) + " is training there, with this configuration",
        "wait until it ends, or train another, for example with --set seed=2");
  }

  private static RunFolder create(Path runs, String name, Configuration configuration, List<Entry> entries,
                                  List<String> notes) {
    int number = entries.stream().mapToInt(Entry::number).max().orElse(0) + 1;
    while (true) {
      Path path = runs.resolve(String.format("%s-%03d", fileName(name), number));
      try {
        Files.createDirectory(path);
        RunLock lock = RunLock.tryTake(path).orElseThrow(() -> taken(path));
        RunFolder folder = new RunFolder(path, name, configuration, false, notes, lock);
        folder.writeStatus(RUNNING);
        return folder;
      } catch (FileAlreadyExistsException e) {
        number++;
      } catch (IOException e) {
        throw DataException.io(path, e);
      }
    }
  }

  /** The newest finished run of a train block; of any block where {@code name} is empty. */
  public static Optional<Path> latestFinished(Path runs, String name) {
    return all(runs).stream().filter(e -> e.status().equals(FINISHED) && (name.isEmpty() || e.name().equals(name)))
        .max((a, b) -> a.name().equals(b.name()) ? Integer.compare(a.number(), b.number())
            : Long.compare(modified(a.path()), modified(b.path()))).map(Entry::path);
  }

  private static long modified(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve("run.json")).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  private static List<Entry> entries(Path runs, String name) {
    return all(runs).stream().filter(e -> e.name().equals(name)).toList();
  }

  /** All run folders, by number. */
  private static List<Entry> all(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    Pattern pattern = Pattern.compile("[A-Za-z0-9_-]+-(\\d{3,9})");
    List<Entry> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(runs)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        Matcher m = pattern.matcher(folder.getFileName().toString());
        if (m.matches()) {
          read(folder, Integer.parseInt(m.group(1))).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw DataException.io(runs, e);
    }
    found.sort((a, b) -> Integer.compare(a.number(), b.number()));
    return found;
  }

  private static Optional<Entry> read(Path folder, int number) {
    try {
      JsonView run = Json.parse(Files.readString(folder.resolve("run.json"))).view();
      TreeMap<String, String> parts = new TreeMap<>();
      run.at("configuration").keys().forEach(k -> parts.put(k, run.at("configuration").at(k).text()));
      return Optional.of(new Entry(folder, number, run.at("name").text(), run.at("status").text(),
          new Configuration(parts)));
    } catch (IOException | JsonException e) {
      // not one of ours, or damaged: it is left alone and its number is not used again
      return Optional.empty();
    }
  }

  private void writeStatus(String status) {
    Json.Builder parts = Json.object();
    configuration.parts().forEach(parts::put);
    String text = Json.object().put("format", FORMAT).put("name", name).put("status", status)
        .put("hash", configuration.hash()).put("configuration", parts.build()).build().toText();
    AtomicFile.write(path.resolve("run.json"), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Whether it was there before, interrupted. */
  public boolean isResumed() {
    return resumed;
  }

  /** What the user should know about the choice of the folder; often empty. */
  public List<String> notes() {
    return notes;
  }

  /** The configuration of the run. */
  public Configuration configuration() {
    return configuration;
  }

  /** {@code checkpoint.safetensors}. */
  public Path checkpointFile() {
    return path.resolve("checkpoint.safetensors");
  }

  /** {@code weights.safetensors}: the result. */
  public Path weightsFile() {
    return weightsFile(path);
  }

  /** The weights in a run folder. */
  public static Path weightsFile(Path run) {
    return run.resolve("weights.safetensors");
  }

  /** The checkpoint to go on from; empty where the run was interrupted before the first. */
  public Optional<Checkpoint> checkpoint() {
    if (!Files.exists(checkpointFile())) {
      return Optional.empty();
    }
    Checkpoint checkpoint = Checkpoint.read(checkpointFile());
    if (!checkpoint.configuration().equals(configuration.hash())) {
      throw DataException.of(checkpointFile(), "this checkpoint is of another configuration than its folder",
          "move the folder away; the training then starts anew");
    }
    return Optional.of(checkpoint);
  }

  /** Notes that the training has ended as it should; the next run gets a new folder. */
  public void finish() {
    writeStatus(FINISHED);
  }

  /** Notes that the loss is no number any more; the run will not be resumed. */
  public void diverge() {
    writeStatus(DIVERGED);
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    lock.close();
  }
}

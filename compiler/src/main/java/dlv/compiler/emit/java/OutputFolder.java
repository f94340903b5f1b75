package dlv.compiler.emit.java;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of generated files, replaced as a set: after a failure every file is as it was before.
 *
 * <p>The files of each source are listed in {@code .SOURCE.dlvc} of the folder, so that those that the source no longer
 * gives go away, and those of nobody or of another source stay. New contents are first written to a hidden folder
 * beside, then renamed; files whose contents stay are not touched.
 */
public final class OutputFolder {
  private static final String LIST = ".dlvc";
  private static final String STAGE = ".dlvc-stage-";
  private static final String MARK = "// Written by dlvc";

  /** Hears of each step before it is done; throwing makes the step fail. */
  @FunctionalInterface
  interface Watch {
    void before(String step, Path file) throws IOException;
  }

  private record Move(Path from, Path to) {}

  private final Path folder;
  private final String source;
  private final Watch watch;
  private final Path stage;
  private final Deque<Move> done = new ArrayDeque<>();
  private final Deque<Path> made = new ArrayDeque<>();

  private OutputFolder(Path folder, String source, Watch watch) {
    this.folder = folder.toAbsolutePath().normalize();
    this.source = source;
    this.watch = watch;
    this.stage = this.folder.resolve(STAGE + ProcessHandle.current().pid());
  }

  /**
   * Makes the folder hold these files of this source.
   *
   * @param source the name of the file of the language, {@code lenet5.dlv}
   * @param files the contents by path below the folder, {@code /} between names
   * @throws OutputException where that cannot be; nothing has changed then
   */
  public static void write(Path folder, String source, Map<String, byte[]> files) {
    write(folder, source, files, (step, file) -> { });
  }

  static void write(Path folder, String source, Map<String, byte[]> files, Watch watch) {
    try {
      new OutputFolder(folder, source, watch).replace(files);
    } catch (InvalidPathException e) {
      throw new OutputException("\"" + Javadoc.line(e.getInput()) + "\" is no name for a file here",
          "choose another folder with --out, or set LC_ALL=C.UTF-8");
    }
  }

  private void replace(Map<String, byte[]> files) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new OutputException(folder + " is a file, not a folder", "choose another folder with --out");
    }
    boolean complete = false;
    try {
      makeFolder(folder);
      clearAway();
      Set<String> before = listed(folder.resolve("." + source + LIST));
      files.keySet().forEach(file -> requireOurs(file, before));
      var all = new TreeMap<>(files);
      all.put("." + source + LIST, (String.join("\n", new TreeSet<>(files.keySet())) + "\n")
          .getBytes(StandardCharsets.UTF_8));
      exchange(all, before);
      complete = true;
    } catch (IOException e) {
      throw OutputException.io(folder, e);
    } finally {
      if (!complete) {
        undo();
      }
      delete(stage);
    }
  }

  private void makeFolder(Path wanted) throws IOException {
    Path parent = wanted.getParent();
    if (Files.isDirectory(wanted)) {
      return;
    }
    if (Files.exists(wanted)) {
      throw new OutputException(wanted + " is a file, not a folder", "choose another folder with --out");
    }
    if (parent != null) {
      makeFolder(parent);
    }
    watch.before("folder", wanted);
    Files.createDirectory(wanted);
    made.push(wanted);
  }

  /** What a crashed run has left. */
  private void clearAway() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(path -> isDead(path.getFileName().toString())).toList().forEach(OutputFolder::delete);
    }
  }

  private static boolean isDead(String name) {
    return name.matches("\\Q" + STAGE + "\\E[0-9]{1,18}")
        && ProcessHandle.of(Long.parseLong(name.substring(STAGE.length()))).isEmpty();
  }

  /** The files that a list names; a line that leads out of the folder was never written here and is ignored. */
  private Set<String> listed(Path list) throws IOException {
    var names = new TreeSet<String>();
    if (Files.isRegularFile(list)) {
      for (String line : new String(Files.readAllBytes(list), StandardCharsets.UTF_8).split("\n")) {
        Path path = folder.resolve(line).normalize();
        if (!line.isEmpty() && path.startsWith(folder) && !path.equals(folder)) {
          names.add(line);
        }
      }
    }
    return names;
  }

  private void requireOurs(String file, Set<String> before) {
    Path path = folder.resolve(file);
    if (Files.isDirectory(path)) {
      throw new OutputException(path + " is a folder, where a file has to go", "choose another folder with --out");
    }
    if (!before.contains(file) && Files.exists(path)) {
      Optional<String> owner = owner(file);
      if (owner.isPresent() || file.endsWith(".java") && !isMarked(path)) {
        throw new OutputException(path + " exists and comes from " + owner.orElse("somebody else"),
            "choose another package with --package, or remove the file");
      }
    }
  }

  /** Another source whose list has this file. */
  private Optional<String> owner(String file) {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path list : all.filter(path -> path.getFileName().toString().endsWith(LIST)).sorted().toList()) {
        String name = list.getFileName().toString();
        if (!name.equals("." + source + LIST) && listed(list).contains(file)) {
          return Optional.of(name.substring(1, name.length() - LIST.length()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw OutputException.io(folder, e);
    }
  }

  private static boolean isMarked(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).startsWith(MARK);
    } catch (IOException e) {
      throw OutputException.io(file, e);
    }
  }

  private void exchange(Map<String, byte[]> files, Set<String> before) throws IOException {
    Map<Path, Path> moves = staged(files);
    var stale = new ArrayList<Path>();
    for (String name : before) {
      Path file = folder.resolve(name).normalize();
      if (!files.containsKey(name) && Files.isRegularFile(file)) {
        stale.add(file);
      }
    }
    Path old = Files.createDirectory(stage.resolve("old"));
    for (Path file : stale) {
      move(file, old.resolve(Integer.toString(done.size())));
    }
    for (var entry : moves.entrySet()) {
      makeFolder(entry.getKey().getParent());
      if (Files.exists(entry.getKey())) {
        move(entry.getKey(), old.resolve(Integer.toString(done.size())));
      }
      move(entry.getValue(), entry.getKey());
    }
    stale.forEach(this::removeEmptyFolders);
  }

  /** Writes what changes to the hidden folder; by its place, the list of files last. */
  private Map<Path, Path> staged(Map<String, byte[]> files) throws IOException {
    watch.before("folder", stage);
    Files.createDirectory(stage);
    var moves = new LinkedHashMap<Path, Path>();
    for (String name : sortedListLast(files.keySet())) {
      Path target = folder.resolve(name);
      if (!Files.isRegularFile(target) || !Arrays.equals(Files.readAllBytes(target), files.get(name))) {
        Path part = stage.resolve(Integer.toString(moves.size()));
        watch.before("write", part);
        Files.write(part, files.get(name));
        moves.put(target, part);
      }
    }
    return moves;
  }

  private static List<String> sortedListLast(Set<String> names) {
    var sorted = new ArrayList<>(new TreeSet<>(names));
    sorted.sort((a, b) -> Boolean.compare(a.endsWith(LIST), b.endsWith(LIST)));
    return sorted;
  }

  private void move(Path from, Path to) throws IOException {
    watch.before("move", from);
    Files.move(from, to);
    done.push(new Move(from, to));
  }

  private void undo() {
    while (!done.isEmpty()) {
      Move move = done.pop();
      try {
        Files.move(move.to(), move.from());
      } catch (IOException e) {
        throw new OutputException(move.from() + " could not be put back and is now " + move.to(),
            "put it back by hand");
      }
    }
    delete(stage);
    while (!made.isEmpty()) {
      try {
        Files.delete(made.pop());
      } catch (IOException e) {
        return; // somebody else has put something there
      }
    }
  }

  private void removeEmptyFolders(Path file) {
    Path parent = file.getParent();
    try {
      for (; parent.startsWith(folder) && !parent.equals(folder); parent = parent.getParent()) {
        Files.delete(parent);
      }
    } catch (DirectoryNotEmptyException e) {
      // it holds something else
    } catch (IOException e) {
      // an empty folder too many does no harm
    }
  }

  private static void delete(Path tree) {
    if (!Files.isDirectory(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // hidden; the next run clears it away
    }
  }
}

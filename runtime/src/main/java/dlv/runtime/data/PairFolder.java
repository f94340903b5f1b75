package dlv.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of texts in several languages, such as Multi30k: {@code train.en}, {@code val.en}, {@code test_2016.en} and so
 * on, plain or in gzip, for each language. A path {@code FOLDER/en-fr} names a pair of them.
 */
final class PairFolder {
  private static final Pattern LANGUAGES = Pattern.compile("(\\w+)-(\\w+)");

  private PairFolder() {}

  /** @param arguments of {@code parallel}: how texts are cut */
  static DataSource open(Path path, Arguments arguments) {
    Matcher languages = LANGUAGES.matcher(String.valueOf(path.getFileName()));
    Path folder = path.toAbsolutePath().getParent();
    if (!languages.matches() || folder == null || !Files.isDirectory(folder)) {
      throw DataException.of(path, "this names no folder of pairs", "give FOLDER/en-fr for the files train.en, train.fr,"
          + " and val.* and test*.* where there are any, plain or in gzip");
    }
    List<String> training = pair(folder, "train", languages, true);
    Map<String, Object> files = new TreeMap<>(Map.of("source", training.get(0), "target", training.get(1),
        "validation", 0.0, "test", 0.0));
    files.put("validations", pair(folder, "val", languages, false));
    files.put("tests", pair(folder, "test", languages, false));
    return ParallelTexts.open(arguments.with(files));
  }

  /** The file of both languages whose names begin so; none of both where they may lack. */
  private static List<String> pair(Path folder, String begin, Matcher languages, boolean needed) {
    List<Path> source = files(folder, begin, languages.group(1));
    List<Path> target = files(folder, begin, languages.group(2));
    if (source.size() > 1 || target.size() > 1) {
      List<Path> several = source.size() > 1 ? source : target;
      throw DataException.of(folder, "both " + several.get(0).getFileName() + " and " + several.get(1).getFileName()
          + " could be meant by " + begin, "leave one of them in the folder, or name all files with parallel(…)");
    }
    if (source.size() != target.size() || needed && source.isEmpty()) {
      throw DataException.of(folder, "there is no file " + begin + "*."
          + languages.group(source.isEmpty() ? 1 : 2), "put it beside the others, plain or in gzip");
    }
    return Stream.concat(source.stream(), target.stream()).map(Path::toString).toList();
  }

  private static List<Path> files(Path folder, String begin, String language) {
    String name = Pattern.quote(begin) + "[^.]*\\." + Pattern.quote(language) + "(\\.gz)?";
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }
}

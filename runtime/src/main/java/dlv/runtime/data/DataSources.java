package dlv.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of data source by name, and how one is opened. */
public final class DataSources {
  private static final List<SourceKind> KINDS = List.of(DigitSource.KIND);

  private DataSources() {}

  /** All kinds, in the order of the reference. */
  public static List<SourceKind> kinds() {
    return KINDS;
  }

  /** The kind of this name. */
  public static Optional<SourceKind> kind(String name) {
    return KINDS.stream().filter(k -> k.name().equals(name)).findFirst();
  }

  /**
   * Opens a source by its headers.
   *
   * @param kind what the train block names
   * @param arguments its arguments by name, with values as {@link Parameter.Kind} says; the fallbacks fill the rest
   * @param folder what relative paths among the arguments start from: the folder of the program
   * @param bound other data that stands in for it, its format told by its contents: {@code --data digits=PATH}
   * @throws DataException where an argument or a file is wrong, or where the bound data are of another type
   */
  public static DataSource open(SourceKind kind, Map<String, ?> arguments, Path folder, Optional<Path> bound) {
    Arguments checked = Arguments.check(kind, arguments, folder);
    if (bound.isEmpty()) {
      return kind.open(checked);
    }
    throw DataException.of(bound.get(), "no format is known that begins so", "give a folder of IDX files");
  }
}

package dlv.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of data source by name, and how one is opened. */
public final class DataSources {
  private static final List<SourceKind> KINDS = List.of(DigitSource.KIND, IdxFolder.KIND, CifarFolder.KIND,
      PictureFolder.KIND, Table.KIND, NumpyFile.KIND, TextStream.KIND, ProseSource.KIND,
      ParallelTexts.KIND, PhraseSource.KIND, DateSource.KIND, CaptionedPictures.KIND,
      SceneSource.KIND, SeriesSource.KIND, SeasonSource.KIND);

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
    return Taken.of(open(kind, checked, bound), checked);
  }

  private static DataSource open(SourceKind kind, Arguments checked, Optional<Path> bound) {
    if (bound.isEmpty()) {
      return kind.open(checked);
    }
    if (kind.binding().isPresent()) {
      return kind.binding().get().apply(bound.get(), checked);
    }
    Optional<DataType> wanted = kind.typeWithout(checked);
    DataSource source = byContents(bound.get(), kind, checked, wanted);
    if (wanted.isPresent() && !source.type().sameAs(wanted.get())) {
      source.close();
      throw DataException.of(bound.get(), "these data have another type than " + kind.name() + "\n  here:  "
          + source.type() + "\n  there: " + wanted.get(), "bind data of equal type, or name the source in the train"
          + " block that fits these data");
    }
    return source;
  }

  /** Opens what lies at a path by what it is. */
  private static DataSource byContents(Path path, SourceKind kind, Arguments arguments, Optional<DataType> wanted) {
    if (Files.isDirectory(path)) {
      if (IdxFolder.isOne(path)) {
        return IdxFolder.open(path, wanted);
      } else if (CifarFolder.isOne(path)) {
        return CifarFolder.open(path);
      } else if (PictureFolder.isOne(path)) {
        return PictureFolder.open(path, arguments.forKind(kind, PictureFolder.KIND), wanted);
      }
      throw DataException.of(path, "nothing in this folder is known as data", "give a folder of IDX files"
          + " (train-images-idx3-ubyte …), of CIFAR-10 files (data_batch_1.bin …), or with a folder of pictures for"
          + " each class");
    }
    Magic magic = Magic.of(path);
    if (magic.isEmpty()) {
      throw DataException.of(path, "the file is empty", "give a file with data");
    } else if (magic.isNumpy() || magic.isZip()) {
      return NumpyFile.open(path, arguments.forKind(kind, NumpyFile.KIND), wanted);
    } else if (magic.isText()) {
      return Table.open(path, arguments.forKind(kind, Table.KIND), wanted);
    }
    throw DataException.of(path, magic.isPicture() ? "this is a single picture" : "no format is known that begins so",
        "give a CSV, NPY or NPZ file, or a folder: of IDX files, of CIFAR-10 files, or of pictures by class");
  }
}

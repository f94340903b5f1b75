package dlv.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of the IDX files of MNIST and its relatives: images and labels of the training split ({@code train-…}) and
 * of the test split ({@code t10k-…} or {@code test-…}), plain or in gzip.
 */
final class IdxFolder {
  static final SourceKind KIND = new SourceKind("mnist", "the digits of LeCun, Cortes and Burges in four IDX files",
      List.of(new Parameter("folder", Parameter.Kind.TEXT, Optional.of("mnist"),
          "the folder of the four files, train-images-idx3-ubyte.gz and so on")),
      Optional.of(mnist()), a -> openMnist(a.path("folder")));

  private static final Map<Split, String> PREFIX = new EnumMap<>(Map.of(
      Split.TRAIN, "train", Split.VALIDATION, "(?:validation|valid|val)", Split.TEST, "(?:t10k|test)"));

  private IdxFolder() {}

  private static DataType mnist() {
    return new DataType(List.of(Field.bytes("image", List.of(1, 28, 28)),
        Field.categories("label", Field.numbered(10))));
  }

  private static DataSource openMnist(Path folder) {
    DataSource source = open(folder, Optional.of(mnist()));
    if (!source.type().sameAs(mnist())) {
      source.close();
      throw DataException.of(folder, "this is not MNIST, but " + source.type(), "bind it with --data NAME=FOLDER to a"
          + " source of that type");
    }
    return source;
  }

  /** Whether a folder holds such files. */
  static boolean isOne(Path folder) {
    return find(folder, Split.TRAIN, "images").isPresent() || find(folder, Split.TRAIN, "labels").isPresent()
        || find(folder, Split.TEST, "images").isPresent();
  }

  /** Opens a folder; {@code expected} gives the number of classes where all labels fit it. */
  static DataSource open(Path folder, Optional<DataType> expected) {
    Map<Split, IdxFile> images = new EnumMap<>(Split.class);
    Map<Split, int[]> labels = new EnumMap<>(Split.class);
    Map<Split, Path> labelFiles = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      Optional<Path> imageFile = find(folder, split, "images");
      Optional<Path> labelFile = find(folder, split, "labels");
      if (imageFile.isEmpty() && labelFile.isEmpty() && split != Split.TRAIN) {
        continue;
      }
      IdxFile image = IdxFile.open(imageFile.orElseThrow(() -> missing(folder, split, "images", "3")), 3);
      IdxFile label = IdxFile.open(labelFile.orElseThrow(() -> missing(folder, split, "labels", "1")), 1);
      if (image.rows() != label.rows()) {
        throw DataException.atByte(label.file(), 4, label.rows() + " labels for the " + image.rows() + " images of "
            + image.file().getFileName(), "take both files from the same set");
      }
      images.put(split, image);
      labels.put(split, label.labels());
      labelFiles.put(split, label.file());
    }
    return join(images, labels, labelFiles, expected);
  }

  private static DataSource join(Map<Split, IdxFile> images, Map<Split, int[]> labels, Map<Split, Path> labelFiles,
                                 Optional<DataType> expected) {
    IdxFile first = images.get(Split.TRAIN);
    int largest = labels.values().stream().mapToInt(Labels::largest).max().orElse(0);
    List<String> classes = Labels.classes(largest, expected.flatMap(t -> t.field("label")));
    FileSource source = new FileSource(new DataType(List.of(
        Field.bytes("image", List.of(1, first.shape().get(1), first.shape().get(2))),
        Field.categories("label", classes))));
    images.forEach((split, image) -> {
      if (!image.shape().subList(1, 3).equals(first.shape().subList(1, 3))) {
        throw DataException.atByte(image.file(), 8, "images of " + image.shape().get(1) + "x" + image.shape().get(2)
            + ", while those of " + first.file().getFileName() + " are " + first.shape().get(1) + "x"
            + first.shape().get(2), "take all files from the same set");
      }
      ByteStore store = image.store();
      source.owns(store).dependsOn(image.file(), labelFiles.get(split));
      Labels.monotony(labelFiles.get(split), labels.get(split)).ifPresent(source::warn);
      source.split(split, List.of(
          Column.bytes(store, image.dataStart(), image.rowBytes(), image.rowBytes(), image.rows()),
          Column.categories(labels.get(split))));
    });
    return source;
  }

  private static DataException missing(Path folder, Split split, String what, String axes) {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder) ? DataException.of(folder, "this is no folder", "name the folder of the IDX files")
          : DataException.of(folder, "there is no such folder", "put the four IDX files of MNIST there, or bind others"
              + " with --data NAME=FOLDER");
    }
    String name = (split == Split.TRAIN ? "train" : "t10k") + "-" + what + "-idx" + axes + "-ubyte";
    return DataException.of(folder, "there is no " + name + " or " + name + ".gz in this folder",
        "put the missing file beside the others");
  }

  private static Optional<Path> find(Path folder, Split split, String what) {
    Pattern name = Pattern.compile(PREFIX.get(split) + "-" + what + "[-.]idx\\d-ubyte(?:\\.gz)?");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> name.matcher(f.getFileName().toString()).matches()).sorted().findFirst();
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }
}

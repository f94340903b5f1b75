package dlv.runtime.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of pictures, one folder for each class, whose names are the classes; either directly in it or in folders
 * {@code train}, {@code validation} and {@code test}. Pictures are decoded when they are asked for.
 */
final class PictureFolder {
  static final SourceKind KIND = new SourceKind("images", "a folder of pictures for each class",
      Stream.concat(Stream.of(
      new Parameter("folder", Parameter.Kind.TEXT, Optional.empty(), "the folder that holds a folder for each class"),
      new Parameter("height", Parameter.Kind.INT, Optional.of(0L), "rows to scale to; 0: as the first picture has"),
      new Parameter("width", Parameter.Kind.INT, Optional.of(0L), "columns to scale to; 0: as the first picture has"),
      new Parameter("grey", Parameter.Kind.BOOL, Optional.of(false), "one channel instead of three")),
      Shares.PARAMETERS.stream()).toList(), Optional.empty(), a -> open(a.path("folder"), a, Optional.empty()));

  private static final Pattern PICTURE = Pattern.compile(".+\\.(?:png|jpe?g|gif|bmp|pgm|ppm|pnm)");
  private static final Map<Split, List<String>> SPLITS = new EnumMap<>(Map.of(Split.TRAIN, List.of("train", "training"),
      Split.VALIDATION, List.of("validation", "valid", "val"), Split.TEST, List.of("test")));
  private static final int LARGEST_SIDE = 65_536;

  private PictureFolder() {}

  /** One picture of a class. */
  private record Sample(Path file, int label) {}

  /** Whether the folder holds folders with pictures. */
  static boolean isOne(Path folder) {
    Optional<Path> train = folderOf(folder, Split.TRAIN);
    return !byClass(train.orElse(folder)).isEmpty();
  }

  static DataSource open(Path folder, Arguments arguments, Optional<DataType> wanted) {
    if (!Files.isDirectory(folder)) {
      throw DataException.of(folder, Files.exists(folder) ? "this is no folder" : "there is no such folder",
          "name the folder that holds a folder of pictures for each class");
    }
    Optional<Path> train = folderOf(folder, Split.TRAIN);
    Map<String, List<Path>> classes = byClass(train.orElse(folder));
    if (classes.isEmpty()) {
      throw DataException.of(train.orElse(folder), "there is no folder with pictures in this folder",
          "put the pictures of each class into a folder of its own here");
    }
    List<String> names = List.copyOf(classes.keySet());
    List<Sample> training = samples(classes, names);
    Field image = image(training.get(0).file(), arguments, wanted);
    FileSource source = new FileSource(new DataType(List.of(image, Field.categories("label", names))));
    if (train.isPresent()) {
      add(source, Split.TRAIN, training, image);
      for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
        folderOf(folder, split).ifPresent(f -> add(source, split, samples(byClass(f), names), image));
      }
    } else {
      Shares.cut(arguments, training.size()).forEach((split, rows) ->
          add(source, split, Arrays.stream(rows).mapToObj(training::get).toList(), image));
    }
    if (names.size() == 1) {
      source.warn(folder + ": all pictures are of class " + names.get(0));
    }
    return source;
  }

  /** The type of an image: as the arguments say, or the data that these stand in for, or the first picture. */
  private static Field image(Path first, Arguments arguments, Optional<DataType> wanted) {
    int height = arguments.integer("height", 0, LARGEST_SIDE);
    int width = arguments.integer("width", 0, LARGEST_SIDE);
    int channels = arguments.flag("grey") ? 1 : 3;
    Optional<Field> model = wanted.flatMap(t -> t.field("image")).filter(f -> f.shape().size() == 3);
    if (model.isPresent()) {
      channels = model.get().shape().get(0) == 1 ? 1 : 3;
      height = height == 0 ? model.get().shape().get(1) : height;
      width = width == 0 ? model.get().shape().get(2) : width;
    } else if (height == 0 || width == 0) {
      PictureFile.Size size = PictureFile.size(first);
      height = height == 0 ? size.height() : height;
      width = width == 0 ? size.width() : width;
    }
    return Field.bytes("image", List.of(channels, height, width));
  }

  private static void add(FileSource source, Split split, List<Sample> samples, Field image) {
    if (samples.isEmpty()) {
      return;
    }
    boolean scaled = !sameSize(samples.get(0).file(), image);
    samples.forEach(s -> source.dependsOn(s.file()));
    source.split(split, List.of(decoded(samples, image, scaled),
        Column.categories(samples.stream().mapToInt(Sample::label).toArray())));
    if (scaled) {
      source.warn("the pictures of the " + split + " split are scaled to " + image.shape().get(1) + "x"
          + image.shape().get(2));
    }
  }

  private static boolean sameSize(Path file, Field image) {
    PictureFile.Size size = PictureFile.size(file);
    return size.height() == image.shape().get(1) && size.width() == image.shape().get(2);
  }

  private static Column decoded(List<Sample> samples, Field image, boolean scaled) {
    return new Column() {
      @Override
      public int rows() {
        return samples.size();
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        for (Sample sample : samples.subList(first, first + count)) {
          Picture picture = PictureFile.read(sample.file());
          int height = image.shape().get(1);
          int width = image.shape().get(2);
          if (!scaled && (picture.height() != height || picture.width() != width)) {
            throw DataException.of(sample.file(), "a picture of " + picture.height() + "x" + picture.width() + ", where"
                + " the first is " + height + "x" + width, "give height: and width: to have all scaled");
          }
          to.put(picture.withChannels(image.shape().get(0)).scaledTo(height, width).planes());
        }
      }
    };
  }

  private static List<Sample> samples(Map<String, List<Path>> classes, List<String> names) {
    List<Sample> samples = new ArrayList<>();
    classes.forEach((name, files) -> {
      int label = names.indexOf(name);
      if (label < 0) {
        throw DataException.of(files.get(0).getParent(), "class " + name + " does not occur in training",
            "train on pictures of every class");
      }
      files.forEach(f -> samples.add(new Sample(f, label)));
    });
    return samples;
  }

  private static Optional<Path> folderOf(Path folder, Split split) {
    return SPLITS.get(split).stream().map(folder::resolve).filter(Files::isDirectory).findFirst();
  }

  /** The pictures of each class, sorted; folders without any are passed over. */
  private static Map<String, List<Path>> byClass(Path folder) {
    Map<String, List<Path>> classes = new TreeMap<>();
    for (Path child : list(folder)) {
      if (Files.isDirectory(child)) {
        List<Path> pictures = list(child).stream()
            .filter(f -> PICTURE.matcher(f.getFileName().toString().toLowerCase(Locale.ROOT)).matches()).toList();
        if (!pictures.isEmpty()) {
          classes.put(child.getFileName().toString(), pictures);
        }
      }
    }
    return classes;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
  }
}

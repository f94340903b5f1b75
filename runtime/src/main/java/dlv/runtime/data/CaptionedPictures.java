package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures with what they show in words: a CSV file with a line for each caption, and the pictures that it names, in a
 * folder or all in one IDX file {@code [n, h, w, 3]} in the order in which the captions name them first.
 */
final class CaptionedPictures {
  static final SourceKind KIND = new SourceKind("captions", "pictures with captions", List.of(
      new Parameter("pictures", Parameter.Kind.TEXT, Optional.empty(), "the folder of the pictures, or an IDX file"),
      new Parameter("captions", Parameter.Kind.TEXT, Optional.empty(),
          "a CSV file with a header and two columns: the name of a picture, and a caption"),
      new Parameter("train", Parameter.Kind.TEXT, Optional.of(""), "a file of names: the pictures to train on"),
      new Parameter("validation", Parameter.Kind.TEXT, Optional.of(""), "a file of names, held back for validation"),
      new Parameter("test", Parameter.Kind.TEXT, Optional.of(""), "a file of names, held back for test"),
      new Parameter("height", Parameter.Kind.INT, Optional.of(64L), "rows that pictures are scaled to"),
      new Parameter("width", Parameter.Kind.INT, Optional.of(64L), "columns that pictures are scaled to"),
      TextUnits.unit("word"),
      new Parameter("longest", Parameter.Kind.INT, Optional.of(20L), "the most symbols; longer captions are cut there"),
      TextUnits.VOCABULARY, TextUnits.UNKNOWN, TextUnits.LOWERCASE),
      Optional.empty(), CaptionedPictures::open, Optional.of((path, a) -> {
        throw DataException.of(path, "one path cannot stand in for pictures and captions",
            "name both in the train block: captions(\"images\", \"captions.txt\")");
      }));
  private static final int LARGEST_SIDE = 4096;

  /** A caption of a picture, whose name is the {@code picture}-th in the order of their first captions. */
  private record Caption(int picture, String text, long line) {}

  private CaptionedPictures() {}

  /** An image and a caption. */
  static DataType type(List<Integer> image, Sentences captions) {
    List<Field> fields = new ArrayList<>(List.of(Field.bytes("image", image)));
    fields.addAll(Sentences.fields(captions));
    return new DataType(fields);
  }

  private static DataSource open(Arguments arguments) {
    Path file = arguments.path("captions");
    Map<String, Integer> names = new LinkedHashMap<>();
    List<Caption> captions = captions(file, names);
    Pictures pictures = Pictures.open(arguments.path("pictures"), List.copyOf(names.keySet()),
        arguments.integer("height", 1, LARGEST_SIDE), arguments.integer("width", 1, LARGEST_SIDE));
    Map<Split, List<Caption>> cut = cut(arguments, names, captions);
    TextUnits units = TextUnits.of(arguments);
    Vocabulary vocabulary = units.learn(cut.get(Split.TRAIN).stream().map(Caption::text)::iterator, Sentences.MARKS);
    Sentences sentences = new Sentences("caption", vocabulary, arguments.integer("longest", 1, 1 << 16), true);
    FileSource source = new FileSource(type(pictures.shape(), sentences)).dependsOn(file)
        .learned("vocabulary.caption", vocabulary.toJson());
    pictures.files().forEach(source::dependsOn);
    pictures.store().ifPresent(source::owns);
    cut.forEach((split, some) -> add(source, split, some, pictures, sentences, file));
    return source;
  }

  private static void add(FileSource source, Split split, List<Caption> some, Pictures pictures, Sentences sentences,
      Path file) {
    List<int[]> texts = new ArrayList<>();
    int longer = 0;
    for (Caption caption : some) {
      try {
        int[] symbols = sentences.vocabulary().encode(caption.text());
        longer += symbols.length > sentences.longest() ? 1 : 0;
        texts.add(Arrays.copyOf(symbols, Math.min(symbols.length, sentences.longest())));
      } catch (Vocabulary.UnknownSymbol e) {
        throw DataException.atLine(file, caption.line(), 1, e.getMessage() + ", which the training captions make",
            "let one symbol stand for all that are unknown with unknown: symbol");
      }
    }
    if (longer > 0) {
      source.warn(file + ": " + longer + " of " + some.size() + " captions of the " + split + " split are longer than "
          + sentences.longest() + " symbols, and are cut there");
    }
    Column images = pictures.column().pick(some.stream().mapToInt(Caption::picture).toArray());
    source.split(split, source.type().fields().stream().map(field ->
        sentences.has(field.name()) ? sentences.column(field.name(), texts) : images).toList());
  }

  private static List<Caption> captions(Path file, Map<String, Integer> names) {
    List<Caption> captions = new ArrayList<>();
    try (Csv csv = Csv.open(file)) {
      for (long line = 1; csv.next(); line++) {
        if (csv.cells().size() != 2 || csv.cells().get(1).isBlank()) {
          throw csv.fault(Math.min(csv.cells().size(), 1), "a name of a picture and a caption are wanted here",
              "write name.jpg,caption; a caption with commas stands in quotes");
        }
        if (line > 1) {
          names.putIfAbsent(csv.cells().get(0), names.size());
          captions.add(new Caption(names.get(csv.cells().get(0)), csv.cells().get(1), line));
        }
      }
    }
    if (captions.isEmpty()) {
      throw DataException.of(file, "there are no captions", "give a CSV file with a header and a line a caption");
    }
    return captions;
  }

  /** The captions of each split, told by the pictures that its file names; without files all are for training. */
  private static Map<Split, List<Caption>> cut(Arguments arguments, Map<String, Integer> names,
      List<Caption> captions) {
    Map<Split, List<Caption>> cut = new EnumMap<>(Split.class);
    Set<Integer> taken = new LinkedHashSet<>();
    for (Split split : List.of(Split.TEST, Split.VALIDATION, Split.TRAIN)) {
      Set<Integer> own = new LinkedHashSet<>();
      if (!arguments.text(split.toString()).isEmpty()) {
        TextFile file = TextFile.read(arguments.path(split.toString()));
        for (String name : file.lines()) {
          Integer picture = names.get(name.strip());
          if (picture == null || !taken.add(picture)) {
            throw file.at(file.text().indexOf(name), name.strip() + (picture == null ? " has no caption"
                : " is named twice"), "name each picture with a caption once, over all splits");
          }
          own.add(picture);
        }
      }
      boolean rest = split == Split.TRAIN && arguments.text("train").isEmpty();
      List<Caption> some = captions.stream().filter(c -> rest ? !taken.contains(c.picture())
          : own.contains(c.picture())).toList();
      if (!some.isEmpty() || split == Split.TRAIN) {
        cut.put(split, some);
      }
    }
    if (cut.get(Split.TRAIN).isEmpty()) {
      throw new DataException("", "", "no captions are left to train on", "hold back fewer pictures");
    }
    return cut;
  }

  /** The pictures, each a row of a column. */
  private record Pictures(List<Integer> shape, Column column, List<Path> files, Optional<ByteStore> store) {
    static Pictures open(Path path, List<String> names, int height, int width) {
      List<Integer> shape = List.of(3, height, width);
      if (Files.isDirectory(path)) {
        List<Path> files = names.stream().map(path::resolve).toList();
        files.stream().filter(file -> !Files.isRegularFile(file) || !file.normalize().startsWith(path)).findFirst()
            .ifPresent(file -> {
              throw DataException.of(file, "a caption names this picture, and it is not there",
                  "put the picture into the folder, or remove its captions");
            });
        return new Pictures(shape, decoded(files, height, width), files, Optional.empty());
      }
      IdxFile idx = IdxFile.open(path, 4);
      if (idx.shape().get(3) != 3 || idx.rows() != names.size()) {
        throw DataException.atByte(path, 4, "the file has " + idx.rows() + " pictures of " + idx.shape().get(3)
            + " channels, and the captions name " + names.size() + " pictures", "give an IDX file [n, h, w, 3] with the"
                + " pictures in the order of their first captions");
      }
      ByteStore store = idx.store();
      return new Pictures(shape, planes(idx, store, height, width), List.of(path), Optional.of(store));
    }

    private static Column decoded(List<Path> files, int height, int width) {
      return new Column() {
        @Override
        public int rows() {
          return files.size();
        }

        @Override
        public void copy(int first, int count, ByteBuffer to) {
          files.subList(first, first + count).forEach(file ->
              to.put(PictureFile.read(file).withChannels(3).scaledTo(height, width).planes()));
        }
      };
    }

    /** Pictures whose channels lie innermost in the file. */
    private static Column planes(IdxFile idx, ByteStore store, int height, int width) {
      int rows = idx.shape().get(1);
      int columns = idx.shape().get(2);
      return new Column() {
        @Override
        public int rows() {
          return idx.rows();
        }

        @Override
        public void copy(int first, int count, ByteBuffer to) {
          ByteBuffer row = ByteBuffer.allocate(idx.rowBytes());
          for (int i = first; i < first + count; i++) {
            store.read(idx.dataStart() + (long) i * idx.rowBytes(), row.clear());
            byte[] planes = new byte[idx.rowBytes()];
            for (int at = 0; at < planes.length; at++) {
              planes[at % 3 * rows * columns + at / 3] = row.get(at);
            }
            to.put(new Picture(3, rows, columns, planes, List.of()).scaledTo(height, width).planes());
          }
        }
      };
    }
  }
}

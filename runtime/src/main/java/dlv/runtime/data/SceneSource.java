package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Scenes that the program draws, with what they show in words: {@code a red circle above a blue square}. {@code image:
 * float[3, 32, 32]}, and the caption as {@link Sentences} has what is written. Row i is a pure function of seed, split,
 * i and, while training, the epoch.
 */
final class SceneSource implements DataSource {
  static final SourceKind KIND = new SourceKind("scenes", "coloured shapes with captions, drawn by the program itself",
      List.of(new Parameter("train", Parameter.Kind.INT, Optional.of(8_000L), "training scenes an epoch"),
      new Parameter("test", Parameter.Kind.INT, Optional.of(1_000L), "scenes held back"),
      new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed of the drawing")),
      Optional.of(dataType()), SceneSource::new, Optional.of((path, a) -> {
        throw DataException.of(path, "other pictures cannot stand in for scenes",
            "name captions(…) in the train block");
      }));

  /** Changes when the scenes do. */
  private static final int VERSION = 1;
  private static final int MOST = 10_000_000;
  private static final int LONGEST = 8;

  private final Arguments arguments;

  private SceneSource(Arguments arguments) {
    this.arguments = arguments;
    arguments.integer("train", 1, MOST);
    arguments.integer("test", 0, MOST);
  }

  /** The captions, with all words that they can have. */
  private static final class Captions {
    static final Sentences WORDS = new Sentences("caption", Vocabulary.learn(new Unit(Unit.Kind.WORD, 0),
        List.of(Scene.WORDS), MOST, false, Sentences.MARKS), LONGEST, true);
  }

  private static DataType dataType() {
    return CaptionedPictures.type(List.of(3, Scene.SIDE, Scene.SIDE), Captions.WORDS);
  }

  @Override
  public DataType type() {
    return dataType();
  }

  @Override
  public int rows(Split split) {
    return switch (split) {
      case TRAIN -> arguments.integer("train", 1, MOST);
      case VALIDATION -> 0;
      case TEST -> arguments.integer("test", 0, MOST);
    };
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return split == Split.TRAIN;
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    Objects.checkFromIndexSize(first, count, rows(split));
    ByteBuffer images = to.get("image");
    for (int i = first; i < first + count; i++) {
      SplitMix random = SplitMix.of(arguments.whole("seed"), split.ordinal(), split == Split.TRAIN ? epoch : 0, i);
      Scene scene = Scene.of(random);
      if (images != null) {
        images.put(scene.draw(random));
      }
      Captions.WORDS.put(Captions.WORDS.vocabulary().encode(scene.caption()), to);
    }
  }

  @Override
  public String fingerprint() {
    return arguments + " of version " + VERSION;
  }

  @Override
  public Map<String, String> learned() {
    return Map.of("vocabulary.caption", Captions.WORDS.vocabulary().toJson());
  }

  @Override
  public void close() {
    // nothing is held
  }
}

package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scenes that the program draws, with what they show in words: {@code a red circle above a blue square}. {@code image:
 * float[3, 32, 32]}, and the caption as {@link Sentences} has what is written.
 */
final class SceneSource {
  static final SourceKind KIND = new SourceKind("scenes", "coloured shapes with captions, drawn by the program itself",
      DrawnSource.parameters(8_000, 1_000, "scenes"), Optional.of(type()), SceneSource::open,
      Optional.of((path, a) -> {
        throw DataException.of(path, "other pictures cannot stand in for scenes",
            "name captions(…) in the train block");
      }));

  /** Changes when the scenes do. */
  private static final int VERSION = 2;
  private static final int LONGEST = 8;

  private SceneSource() {}

  /** The captions, with all words that they can have. */
  private static final class Captions {
    static final Sentences WORDS = new Sentences("caption", Vocabulary.learn(new Unit(Unit.Kind.WORD, 0),
        List.of(Scene.WORDS), Integer.MAX_VALUE, false, Sentences.MARKS), LONGEST, true);
  }

  private static DataType type() {
    return CaptionedPictures.type(List.of(3, Scene.SIDE, Scene.SIDE), Captions.WORDS);
  }

  private static DataSource open(Arguments arguments) {
    return new DrawnSource(arguments, type(), "of version " + VERSION,
        Map.of("vocabulary.caption", Captions.WORDS.vocabulary().toJson()), () -> SceneSource::put);
  }

  private static void put(Split split, SplitMix random, Map<String, ByteBuffer> to) {
    Scene scene = Scene.of(random);
    if (to.containsKey("image")) {
      to.get("image").put(scene.draw(random));
    }
    Captions.WORDS.put(Captions.WORDS.vocabulary().encode(scene.caption()), to);
  }
}

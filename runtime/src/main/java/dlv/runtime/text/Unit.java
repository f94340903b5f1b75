package dlv.runtime.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text is cut into.
 *
 * @param kind the kind of piece
 * @param size for byte pairs the number of symbols wanted, those of a {@link Vocabulary} in all; else 0
 */
public record Unit(Kind kind, int size) {
  /** The kinds of piece. */
  public enum Kind {
    /** A Unicode code point. */
    CHARACTER,
    /** A word, a number, or a sign by itself: {@link Words}. */
    WORD,
    /** A byte of the UTF-8 form. */
    BYTES,
    /** Bytes that often stand together: {@link BytePairs}. */
    BPE
  }

  private static final Pattern BPE = Pattern.compile("bpe\\((\\d{1,7})\\)");

  /** Reads {@code character}, {@code word}, {@code bytes} or {@code bpe(8000)}; empty for anything else. */
  public static Optional<Unit> parse(String text) {
    Matcher pairs = BPE.matcher(text);
    if (pairs.matches()) {
      return Optional.of(new Unit(Kind.BPE, Integer.parseInt(pairs.group(1))));
    }
    return switch (text) {
      case "character" -> Optional.of(new Unit(Kind.CHARACTER, 0));
      case "word" -> Optional.of(new Unit(Kind.WORD, 0));
      case "bytes" -> Optional.of(new Unit(Kind.BYTES, 0));
      default -> Optional.empty();
    };
  }

  /** Whether every text can be written with its symbols, also one that the training text is nothing like. */
  public boolean knowsEveryText() {
    return kind == Kind.BYTES || kind == Kind.BPE;
  }

  /** As the language writes it. */
  @Override
  public String toString() {
    return switch (kind) {
      case CHARACTER -> "character";
      case WORD -> "word";
      case BYTES -> "bytes";
      case BPE -> "bpe(" + size + ")";
    };
  }
}

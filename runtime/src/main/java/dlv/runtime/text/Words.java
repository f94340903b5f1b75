package dlv.runtime.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into words and joins them again.
 *
 * <p>A word is a run of letters, digits and marks; a hyphen, comma or point between two of them belongs to it
 * ({@code T-shirt}, {@code 1,000.5}); an apostrophe behind a letter belongs to it and ends it ({@code l'} and
 * {@code homme}, {@code man'} and {@code s}). Any other sign is a word by itself, as is the end of a line; spaces
 * separate and are not kept.
 */
public final class Words {
  private static final String LINE = "\n";
  private static final String APOSTROPHES = "'\u2019";
  private static final String CLOSING = ".,;:!?)]}%\u2026\u00BB\u201D";
  private static final String OPENING = "([{\u00AB\u201C";

  private Words() {}

  /** Hears of each word with the place where it begins in the text. */
  public interface Taker {
    void take(String word, int at);
  }

  /** The words of a text. */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    split(text, (word, at) -> words.add(word));
    return words;
  }

  /** Gives the words of a text one by one. */
  public static void split(String text, Taker to) {
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int end = at + Character.charCount(c);
      if (isInner(c)) {
        end = wordEnd(text, at);
      }
      if (c == '\n' || !isSpace(c)) {
        to.take(text.substring(at, end), at);
      }
      at = end;
    }
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      boolean before = next < text.length() && isInner(text.codePointAt(next));
      boolean digits = before && Character.isDigit(text.codePointBefore(at == 0 ? 1 : at))
          && Character.isDigit(text.codePointAt(next));
      if (APOSTROPHES.indexOf(c) >= 0 && before) {
        return next;
      }
      if (!isInner(c) && !(c == '-' && before) && !((c == '.' || c == ',') && digits)) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private static boolean isInner(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c) || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** The words as a text: with spaces between them, but none before closing and behind opening signs. */
  public static String join(List<String> words) {
    StringBuilder text = new StringBuilder();
    boolean glued = true;
    for (String word : words) {
      if (!glued && !word.equals(LINE) && !(word.length() == 1 && CLOSING.contains(word))) {
        text.append(' ');
      }
      text.append(word);
      boolean elided = word.length() > 1 && APOSTROPHES.indexOf(word.charAt(word.length() - 1)) >= 0;
      glued = word.equals(LINE) || elided || word.length() == 1 && OPENING.contains(word);
    }
    return text.toString();
  }
}

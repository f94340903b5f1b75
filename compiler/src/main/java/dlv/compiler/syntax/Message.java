package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;

/**
 * A text with holes: {@code "a {kernel} kernel does not fit a {h}x{w} image"}.
 *
 * <p>The text before the first hole is {@code texts[0]}, the one after hole {@code i} is {@code texts[i + 1]}; a brace
 * that is meant is written twice.
 */
public record Message(List<String> texts, List<Expression> holes, Span span) {

  public Message {
    texts = List.copyOf(texts);
    holes = List.copyOf(holes);
    if (texts.size() != holes.size() + 1) {
      throw new IllegalArgumentException(texts.size() + " texts around " + holes.size() + " holes");
    }
  }
}

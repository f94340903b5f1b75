package dlv.compiler.check;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a tensor of one example.
 *
 * @param categories how many categories an integer chooses from, where it is {@code index(n)}
 */
public record TensorType(Element element, Shape shape, Optional<Dim> categories) {

  /** Whether it is a sequence of symbols, {@code index(V)[T]}. */
  public boolean isText() {
    return element == Element.INT && shape.rank() == 1 && categories.isPresent();
  }

  /** As the language writes it: {@code float[1, 28, 28]}, {@code index(10)}. */
  public String text() {
    String kind = categories.map(n -> "index(" + n.text() + ")").orElse(element.name().toLowerCase(Locale.ROOT));
    return kind + shape.text();
  }

  @Override
  public String toString() {
    return text();
  }
}

package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.syntax.Name;
import java.util.Optional;

/**
 * One argument of a call: its label where it has one, its value, and its place.
 *
 * @param piped whether a pipeline hands it over, so that it is a tensor even where an error hides its value
 */
record Given(Optional<Name> name, Value value, Span span, boolean piped) {
  Given(Optional<Name> name, Value value, Span span) {
    this(name, value, span, false);
  }

  boolean isUnknown() {
    return value instanceof Value.Unknown;
  }

  /** Whether it makes the call an application. */
  boolean isTensor() {
    boolean tensors = value instanceof Value.Tuple tuple
        && tuple.elements().stream().anyMatch(Value.Tensor.class::isInstance);
    return piped || value instanceof Value.Tensor || value instanceof Value.Open || tensors;
  }
}

package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.Optional;

/** One argument of a call: its label where it has one, its value, and its place. */
record Given(Optional<dlv.compiler.syntax.Name> name, Value value, Span span) {

  boolean isUnknown() {
    return value instanceof Value.Unknown;
  }

  /** Whether it makes the call an application. */
  boolean isTensor() {
    boolean tensors = value instanceof Value.Tuple tuple
        && tuple.elements().stream().anyMatch(Value.Tensor.class::isInstance);
    return value instanceof Value.Tensor || value instanceof Value.Open || tensors;
  }
}

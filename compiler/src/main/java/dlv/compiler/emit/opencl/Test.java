package dlv.compiler.emit.opencl;

import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/** A conjunction of bounds on indices; what ranges prove is left out. */
final class Test {
  private final Signature signature;
  private final List<String> terms = new ArrayList<>();
  private boolean lanes;
  private boolean never;

  Test(Signature signature) {
    this.signature = signature;
  }

  /** All that {@code other} asks, to be added to. */
  Test(Test other) {
    signature = other.signature;
    terms.addAll(other.terms);
    lanes = other.lanes;
    never = other.never;
  }

  /** {@code 0 <= place < size}. */
  Test within(Index place, Dim size) {
    if (place.low() < 0) {
      add(place, place.atom() + " >= 0");
    }
    if (!size.isConstant()) {
      add(place, place.atom() + " < " + signature.text(size));
    } else if (place.high() >= size.value()) {
      add(place, place.atom() + " < " + size.value());
    }
    never |= place.high() < 0 || size.isConstant() && place.low() >= size.value();
    return this;
  }

  /** {@code k} divides {@code place}. */
  Test divides(Index place, long k) {
    Index rest = place.mod(k);
    if (!rest.is(0)) {
      add(place, rest.atom() + " == 0");
      never |= rest.isConstant();
    }
    return this;
  }

  private void add(Index place, String term) {
    terms.add(term);
    lanes |= place.lanes();
  }

  boolean holds() {
    return terms.isEmpty();
  }

  boolean never() {
    return never;
  }

  boolean lanes() {
    return lanes;
  }

  String text() {
    return String.join(lanes ? " & " : " && ", lanes ? terms.stream().map(term -> "(" + term + ")").toList() : terms);
  }
}

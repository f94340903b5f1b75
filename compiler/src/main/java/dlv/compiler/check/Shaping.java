package dlv.compiler.check;

import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.TypeSyntax;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes that types spell out, once their dimensions are known. */
final class Shaping {
  private final Evaluator body;

  Shaping(Evaluator body) {
    this.body = body;
  }

  /** The sizes of the axes of a tensor as its type declares them. */
  List<Dim> declared(TypeSyntax type, Value.Tensor tensor) {
    return sizes(type, "an axis").stream().map(Size::declared).toList();
  }

  /** The sizes of a type's axes. */
  List<Size> sizes(TypeSyntax type, String what) {
    List<Size> sizes = new ArrayList<>();
    for (Expression axis : type.forms().get(0).axes()) {
      if (axis instanceof Expression.Ellipsis) {
        sizes.addAll(((Value.Ellipsis) body.evaluate(axis)).axes());
      } else {
        sizes.add(body.whole(axis, what));
      }
    }
    Bounds.refusal(shape(sizes)).ifPresent(why -> {
      throw body.error("range", type.span(), why);
    });
    return sizes;
  }

  static Shape shape(List<Size> sizes) {
    return new Shape(sizes.stream().map(Size::value).toList());
  }
}

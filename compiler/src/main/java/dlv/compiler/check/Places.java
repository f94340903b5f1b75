package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elements by computed places: coordinates, largest elements, look-ups and their adjoint. */
final class Places {
  private Places() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("positions", "size", Places::positions),
        Primitive.of("top", "x count?", Places::top),
        Primitive.of("gather", "x places shared?", Places::gather),
        Primitive.of("scatter_add", "base places values shared?", Places::scatterAdd));
  }

  private static Value positions(Arguments call) {
    Size size = call.whole("size");
    return new Value.Tensor(call.build().index(size.value()), List.of(size.declared()), Optional.of(size.value()));
  }

  private static Value top(Arguments call) {
    Value.Tensor x = call.floats("x");
    if (x.rank() == 0) {
      throw call.error("shape", "a scalar has no largest elements");
    }
    long count = call.count("count", 1, 1);
    Dim n = x.shape().dim(x.rank() - 1);
    if (n.isConstant() && n.value() < count) {
      throw call.error("range", "the " + count + " largest of " + n);
    }
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.set(x.rank() - 1, call.has("count") ? call.whole("count").declared() : Dim.ONE);
    return new Value.Tensor(call.build().top(x.node(), (int) count), declared, Optional.of(n));
  }

  private static Value gather(Arguments call) {
    Value.Tensor x = call.tensor("x");
    Value.Tensor places = call.integers("places");
    int shared = (int) call.count("shared", 0, 0);
    boolean fits = shared < x.rank() && shared <= places.rank()
        && x.shape().range(0, shared).equals(places.shape().range(0, shared));
    if (!fits) {
      throw call.error("shape", places.text() + " are no places in " + x.text() + " with " + shared + " shared axes");
    }
    Node node = call.build().gather(x.node(), places.node(), shared);
    List<Dim> declared = new ArrayList<>(places.declared());
    declared.addAll(x.declared().subList(shared + 1, x.rank()));
    return new Value.Tensor(node, declared, x.categories());
  }

  private static Value scatterAdd(Arguments call) {
    Value.Tensor base = call.floats("base");
    Value.Tensor places = call.integers("places");
    Value.Tensor values = call.floats("values");
    int shared = (int) call.count("shared", 0, 0);
    Node node = call.build().scatterAdd(base.node(), places.node(), values.node(), shared);
    return new Value.Tensor(node, base.declared(), Optional.empty());
  }
}

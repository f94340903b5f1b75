package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sums of products by labels: {@code einsum(K, x, "o c i j, c i j h w -> o h w")}. */
final class Products {
  private final Arguments call;
  private final Build build;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<Integer, Size> sizes = new HashMap<>();

  private Products(Arguments call) {
    this.call = call;
    this.build = call.build();
  }

  static List<Primitive> all() {
    return List.of(Primitive.of("einsum", "operands*", call -> new Products(call).einsum()));
  }

  private record Factor(Node node, List<Integer> labels) {}

  private Value einsum() {
    var given = call.rest();
    boolean patterned = given.size() >= 2 && given.get(given.size() - 1).value() instanceof Value.Text;
    if (!patterned) {
      throw call.error("argument", "`einsum` takes tensors and then a pattern such as \"b i, i o -> b o\"");
    }
    String pattern = ((Value.Text) given.get(given.size() - 1).value()).value();
    String[] sides = pattern.split("->", -1);
    String[] parts = sides[0].split(",", -1);
    if (sides.length != 2 || parts.length != given.size() - 1) {
      throw call.error("argument", "the pattern \"" + pattern + "\" is for " + parts.length
          + " tensors, with `->` before the result, and there are " + (given.size() - 1));
    }
    List<Integer> out = labels(sides[1]);
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      factors.add(factor(call.tensor(given.get(i), "an operand of `einsum`"), parts[i].trim()));
    }
    if (!sizes.keySet().containsAll(out) || out.stream().distinct().count() != out.size()) {
      throw call.error("argument", "the result of \"" + pattern
          + "\" names each of its axes once, all from the left side");
    }
    return product(factors.stream().map(factor -> unpermuted(masked(factor, out))).toList(), out);
  }

  /** Zero at what is not real along summed axes. */
  private Factor masked(Factor factor, List<Integer> out) {
    List<Integer> summed = IntStream.range(0, factor.labels().size())
        .filter(axis -> !out.contains(factor.labels().get(axis))).boxed().toList();
    List<Dim> declared = factor.labels().stream().map(label -> sizes.get(label).declared()).toList();
    return new Factor(call.real().masked(new Value.Tensor(factor.node(), declared, Optional.empty()), summed, 0).node(),
        factor.labels());
  }

  private List<Integer> labels(String text) {
    String trimmed = text.trim();
    return trimmed.isEmpty() ? List.of()
        : Arrays.stream(trimmed.split("\\s+")).map(word -> numbers.computeIfAbsent(word,
            key -> numbers.size())).toList();
  }

  private Factor factor(Value.Tensor tensor, String text) {
    List<Integer> labels = labels(text);
    if (tensor.node().element() != Element.FLOAT || labels.size() != tensor.rank()) {
      throw call.error("shape", "\"" + text + "\" has " + labels.size() + " axes, and the tensor is " + tensor.text());
    }
    if (labels.stream().distinct().count() != labels.size()) {
      throw call.error("argument", "\"" + text + "\" names an axis twice");
    }
    for (int i = 0; i < labels.size(); i++) {
      Size size = tensor.size(i);
      Size known = sizes.get(labels.get(i));
      if (known != null && !known.value().equals(size.value())) {
        String label = new ArrayList<>(numbers.keySet()).get(labels.get(i));
        throw call.error("shape", "the axis " + label + " is " + known + " in one tensor and " + size + " in another");
      }
      boolean better = known == null || known.declared().isConstant()
          || call.evaluator().here().session().lengths().differs(size.declared());
      sizes.put(labels.get(i), better ? size : known);
    }
    return new Factor(tensor.node(), labels);
  }

  /** Labels say the order of axes, so what only reorders them is left out. */
  private static Factor unpermuted(Factor factor) {
    Factor inner = factor;
    while (inner.node().op() instanceof Op.Permute permute) {
      List<Integer> labels = new ArrayList<>(inner.labels());
      for (int i = 0; i < labels.size(); i++) {
        labels.set(permute.axes().get(i), inner.labels().get(i));
      }
      inner = new Factor(inner.node().operand(0), labels);
    }
    return inner;
  }

  private Value product(List<Factor> factors, List<Integer> out) {
    Factor result = factors.get(0);
    for (int i = 1; i < factors.size(); i++) {
      List<Integer> needed = new ArrayList<>(out);
      factors.subList(i + 1, factors.size()).forEach(factor -> needed.addAll(factor.labels()));
      result = contract(result, factors.get(i), i == factors.size() - 1 ? out : null, needed);
    }
    result = ordered(summed(result, out), out);
    List<Dim> declared = out.stream().map(label -> sizes.get(label).declared()).toList();
    return new Value.Tensor(result.node(), declared, Optional.empty());
  }

  /** Sums axes that neither the result nor another operand needs. */
  private Factor summed(Factor factor, List<Integer> needed) {
    List<Integer> axes = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < factor.labels().size(); i++) {
      if (needed.contains(factor.labels().get(i))) {
        kept.add(factor.labels().get(i));
      } else {
        axes.add(i);
      }
    }
    return new Factor(build.sum(factor.node(), axes), kept);
  }

  private Factor contract(Factor a, Factor b, List<Integer> last, List<Integer> needed) {
    List<Integer> forA = new ArrayList<>(needed);
    forA.addAll(b.labels());
    List<Integer> forB = new ArrayList<>(needed);
    forB.addAll(a.labels());
    Factor left = summed(a, forA);
    Factor right = summed(b, forB);
    List<Integer> out = last;
    if (out == null) {
      out = new ArrayList<>();
      for (List<Integer> labels : List.of(left.labels(), right.labels())) {
        for (int label : labels) {
          if (needed.contains(label) && !out.contains(label)) {
            out.add(label);
          }
        }
      }
    }
    return new Factor(build.node(new Op.Contract(left.labels(), right.labels(), out), left.node(), right.node()), out);
  }

  private Factor ordered(Factor factor, List<Integer> out) {
    List<Integer> axes = out.stream().map(factor.labels()::indexOf).toList();
    return new Factor(build.permute(factor.node(), axes), out);
  }
}

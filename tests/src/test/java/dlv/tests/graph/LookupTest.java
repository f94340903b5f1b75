package dlv.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.simplify.Lookup;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.tests.Near;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A product over embedded words is a product over the vocabulary, where that is smaller, and means the same. */
class LookupTest {
  private final Build build = new Build(Origin.NONE);

  private Node input(String name, Element element, Shape shape) {
    return build.node(new Op.Input(name, element, shape));
  }

  private static Array floats(long... shape) {
    int n = (int) Shape.of(shape).elements().value();
    return Array.floats(new Random(n).doubles(n, -1, 1).toArray(), shape);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 16 * 4})
  void productsOfWords(int vocabulary) {
    Node ids = input("ids", Element.INT, Shape.of(Dim.BATCH, Dim.of(4)));
    Node words = build.gather(input("table", Element.FLOAT, Shape.of(vocabulary, 3)), ids, 0);
    Node w = input("w", Element.FLOAT, Shape.of(3, 5, 2));
    Graph plain = new Graph("g", List.of(
        new Graph.Output("y", build.contract("btm,mng->btng", words, w)),
        new Graph.Output("turned", build.contract("mng,tbm->ntbg", w, build.permute(words, 1, 0, 2)))), List.of());
    Graph found = Lookup.in(plain);
    long inside = found.nodes().stream().filter(node -> node.is(Op.Contract.class)
        && node.operands().stream().noneMatch(x -> x.shape().dims().contains(Dim.BATCH))).count();
    assertEquals(vocabulary < 16 * 4 ? 2 : 0, inside);
    double[] at = new Random(3).ints(2 * 4, 0, vocabulary).asDoubleStream().toArray();
    var bindings = new Bindings(Map.of("ids", Array.ints(at, 2, 4), "table", floats(vocabulary, 3),
        "w", floats(3, 5, 2)), Map.of(), Map.of("batch", 2L));
    Near.check(Interpreter.evaluate(plain, bindings).outputs(), Interpreter.evaluate(found, bindings).outputs(), 1e-13);
  }
}

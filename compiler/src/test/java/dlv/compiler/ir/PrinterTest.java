package dlv.compiler.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How graphs read. */
class PrinterTest {
  private final SourceFile file = new SourceFile("net.dlv", "first\nsecond\nthird\n");
  private final Build build = new Build(new Origin("net.conv2d1", file.span(6, 12)));

  @Test
  void linesNameOperandsTypesAndOrigin() {
    Node x = build.node(new Op.Input("x", Element.FLOAT, Shape.of(Dim.BATCH, Dim.of(9))));
    Node w = new Build(Origin.NONE).node(new Op.State("net", Role.WEIGHT, Element.FLOAT, Shape.of(3), 0));
    Node product = build.contract("bpi,i->bp", build.window(x, 1, Dim.of(3), 2, 1), w);
    Node next = new Build(Origin.NONE).scale(w, 0.5);
    var graph = new Graph("step", List.of(new Graph.Output("y", product)),
        List.of(new Graph.Update((Op.State) w.op(), next)));
    assertEquals("""
        graph step
        %0 = input x : float[batch, 9]                                            // net.conv2d1 (net.dlv:2)
        %1 = window(%0) axis 1 stride 2 : float[batch, 4, 3]                      // net.conv2d1 (net.dlv:2)
        %2 = state net weight : float[3]
        %3 = contract(%1, %2) bpi,i->bp : float[batch, 4]                         // net.conv2d1 (net.dlv:2)
        %4 = constant 0.5 : float[3]
        %5 = mul(%2, %4) : float[3]
        output y = %3
        update net <- %5
        """, Printer.print(graph));
  }

  @Test
  void detailsOfEveryKind() {
    Node x = build.node(new Op.Input("x", Element.FLOAT, Shape.of(4, 5)));
    assertEquals("slice axis 1 from 4 step -2", details(build.slice(x, 1, Dim.of(4), Dim.of(3), -2)));
    assertEquals("pad axis 0 low 1 high 2 interior 3", details(build.pad(x, 0, Dim.of(1), Dim.of(2), 3)));
    assertEquals("permute [1, 0]", details(build.permute(x, 1, 0)));
    assertEquals("logsumexp [1]", details(build.reduce(Op.Reducer.LOGSUMEXP, x, List.of(1))));
    assertEquals("top 2", details(build.top(x, 2)));
    assertEquals("tanh", details(build.map(Scalar.TANH, x)));
    Node labels = build.node(new Op.Contract(List.of(300, 301), List.of(301, 302), List.of(300, 302)), x,
        build.permute(x, 1, 0));
    assertEquals("contract ab,bc->ac", details(labels));
  }

  private static String details(Node node) {
    String line = Printer.line(node, Printer.numbers(Graph.topological(List.of(node))));
    return line.replaceAll("^%\\d+ = ", "").replaceAll("\\(%.*?\\)", "").replaceAll(" : .*", "");
  }
}

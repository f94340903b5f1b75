package dlv.compiler.ir;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Verifier.Form;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault that the verifier knows, made on purpose. */
class VerifierTest {
  private final Build build = new Build(new Origin("net.dense1", null));
  private final Node x = build.node(new Op.Input("x", Element.FLOAT, Shape.of(3)));
  private final Op.State state = new Op.State("w", Role.WEIGHT, Element.FLOAT, Shape.of(3), 0);

  private static Graph graph(Node... nodes) {
    var outputs = new ArrayList<Graph.Output>();
    for (Node node : nodes) {
      outputs.add(new Graph.Output("y" + outputs.size(), node));
    }
    return new Graph("g", outputs, List.of());
  }

  private static Graph updating(Graph.Update... updates) {
    return new Graph("g", List.of(), List.of(updates));
  }

  private static void refused(String words, Graph graph, Form form) {
    var bug = assertThrows(CompilerBug.class, () -> Verifier.check(graph, form, "test"));
    assertTrue(bug.getMessage().startsWith("after test: ") && bug.getMessage().contains(words), bug.getMessage());
  }

  @Test
  void soundGraphsPass() {
    Graph graph = new Graph("g", List.of(new Graph.Output("y", build.neg(x))),
        List.of(new Graph.Update(state, build.add(build.node(state), x))));
    assertDoesNotThrow(() -> Verifier.check(graph, Form.DIFFERENTIATED, "test"));
  }

  @Test
  void derivativesMayStayUntilDifferentiation() {
    Graph graph = graph(build.derivative(build.neg(x), x));
    assertDoesNotThrow(() -> Verifier.check(graph, Form.LOWERED, "test"));
    refused("is left in a graph", graph, Form.DIFFERENTIATED);
  }

  @Test
  void rowsEndWithLowering() {
    refused("Rows", graph(build.node(new Op.Rows(), x)), Form.LOWERED);
  }

  @Test
  void turnsOfStatisticsEndWithLowering() {
    Op.State later = new Op.State("mean", Role.STATISTIC, Element.FLOAT, Shape.of(3), 1);
    refused("turn=1", graph(build.node(later)), Form.LOWERED);
  }

  @Test
  void updatesFitTheirStates() {
    refused("cannot become", updating(new Graph.Update(state, build.sum(x))), Form.LOWERED);
    refused("cannot become", updating(new Graph.Update(state, build.map(Scalar.TO_INT, x))), Form.LOWERED);
  }

  @Test
  void aStateHasOneNextValue() {
    refused("two next values", updating(new Graph.Update(state, x), new Graph.Update(state, x)), Form.LOWERED);
  }

  @Test
  void aNameIsOneThing() {
    Node other = build.node(new Op.Input("x", Element.FLOAT, Shape.of(4)));
    refused("one name for two things", graph(x, other), Form.LOWERED);
    Op.State wider = new Op.State("w", Role.WEIGHT, Element.FLOAT, Shape.of(4), 0);
    refused("one name for two things", graph(build.node(state), build.node(wider)), Form.LOWERED);
  }

  @Test
  void outputsHaveDifferentNamesAndAreNumbers() {
    var output = new Graph.Output("y", x);
    refused("two outputs", new Graph("g", List.of(output, output), List.of()), Form.LOWERED);
    refused("bytes", graph(build.node(new Op.Input("b", Element.BYTE, Shape.of(2)))), Form.LOWERED);
  }
}

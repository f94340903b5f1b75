package dlv.compiler.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.check.Application;
import dlv.compiler.check.Initialiser;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TensorType;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Layers made by hand: a convolution, a pool, a dense layer, and one that is applied twice. */
class NetworkSummaryTest {

  private final Span user = new SourceFile("net.dlv", "x").span(0, 1);
  private final Span library = new SourceFile("std/conv.dlv", "x").span(0, 1);
  private final List<Application> layers = new ArrayList<>();
  private final List<StateInfo> states = new ArrayList<>();

  @Test
  void costsAndViewsOfAConvolutionalNetwork() {
    Node image = input("image", Shape.of(1, 28, 28));
    Node c1 = convolution("conv2d1", image, 6, 5, 2);
    Node s2 = pool("avgpool1", c1);
    Node c3 = convolution("conv2d2", s2, 16, 5, 0);
    Node s4 = pool("avgpool2", c3);
    Node flat = build("flatten1").reshape(s4, Shape.of(400));
    layer("flatten1", "Flatten", flat, List.of());
    Node logits = dense("dense1", flat, Dim.of(400), Dim.of(10));

    assertEquals("""
        Net
          layer     output             parameters                   multiply-adds   bytes  field of view
          conv2d1   float[6, 28, 28]          156  = 6·1·5·5 + 6          117,600  18,816  5x5
          avgpool1  float[6, 14, 14]            0                               0   4,704  6x6
          conv2d2   float[16, 10, 10]       2,416  = 16·6·5·5 + 16        240,000   6,400  14x14
          avgpool2  float[16, 5, 5]             0                               0   1,600  16x16
          flatten1  float[400]                  0                               0   1,600  28x28
          dense1    float[10]               4,010  = 400·10 + 10            4,000      40  28x28
                                            6,582                         361,600  33,160
        """, SummaryTable.of(summary(image, logits)));
  }

  @Test
  void dimensionsWithoutAValueStayInTheFormulas() {
    Node x = input("x", Shape.of(Dim.name("m")));
    Node y = dense("dense1", x, Dim.name("m"), Dim.name("n"));
    NetworkSummary summary = summary(x, y);
    assertEquals("m·n + n", summary.parameters().text());
    assertEquals("m·n", summary.multiplyAdds().text());
    assertEquals("{\"version\":1,\"networks\":[{\"name\":\"Net\",\"parameters\":\"m*n+n\",\"multiplyAdds\":\"m*n\","
        + "\"activationBytes\":\"4*n\",\"layers\":[{\"name\":\"dense1\",\"kind\":\"Dense\",\"depth\":0,\"output\":\"float[n]\","
        + "\"parameters\":\"m*n+n\",\"formula\":\"m·n + n\",\"multiplyAdds\":\"m*n\",\"activationBytes\":\"4*n\","
        + "\"receptiveField\":[\"m\"]}]}]}\n", SummaryJson.of(List.of(summary)).replace("\\u00b7", "·"));
  }

  @Test
  void aSharedInstanceIsCountedOnceForWeightsAndTwiceForProducts() {
    Node x = input("x", Shape.of(3));
    Node once = dense("d", x, Dim.of(3), Dim.of(3));
    Node twice = apply("d", once, Dim.of(3), Dim.of(3));
    layer("d", "Dense", twice, List.of());
    NetworkSummary summary = summary(x, twice);
    assertEquals(12, summary.parameters().value());
    assertEquals(List.of(9L, 9L), summary.layers().stream().map(layer -> layer.multiplyAdds().value()).toList());
    assertEquals(18, summary.multiplyAdds().value());
  }

  @Test
  void stridesDilationAndTransposedWindowsAreFollowed() {
    Node x = input("x", Shape.of(64));
    Build build = build("l");
    Node strided = build.sum(build.window(x, 0, Dim.of(3), 2, 1), List.of(1));
    Node dilated = build.sum(build.window(strided, 0, Dim.of(3), 1, 4), List.of(1));
    assertEquals(List.of(Dim.of(3)), new FieldOfView(x, List.of(dilated)).of(strided).orElseThrow());
    assertEquals(List.of(Dim.of(19)), new FieldOfView(x, List.of(dilated)).of(dilated).orElseThrow());
    Node whole = build.sub(dilated, build.fill(build.sum(dilated), dilated.shape()));
    assertEquals(List.of(Dim.of(64)), new FieldOfView(x, List.of(whole)).of(whole).orElseThrow());
    Node other = input("other", Shape.of(64));
    assertEquals(Optional.empty(), new FieldOfView(other, List.of(whole)).of(whole));
  }

  private Node convolution(String path, Node x, int channels, int kernel, int margin) {
    Build build = build(path);
    Dim c = x.dim(0);
    Node padded = margin == 0 ? x : build.pad(
        build.pad(x, 1, Dim.of(margin), Dim.of(margin), 0), 2, Dim.of(margin), Dim.of(margin), 0);
    Node windows = build.window(build.window(padded, 2, Dim.of(kernel), 1, 1), 1, Dim.of(kernel), 1, 1);
    StateInfo weight = weight(path + ".K", new Shape(List.of(
        Dim.of(channels), c, Dim.of(kernel), Dim.of(kernel))));
    StateInfo bias = weight(path + ".b", Shape.of(channels));
    Node product = build.contract("ocij,cpiqj->opq", state(build, weight), windows);
    Node answer = build.add(product, build.broadcast(state(build, bias), List.of(1, 2),
        List.of(product.dim(1), product.dim(2))));
    layer(path, "Conv2D", answer, List.of(weight, bias));
    return answer;
  }

  private Node pool(String path, Node x) {
    Build build = build(path);
    Node windows = build.window(build.window(x, 2, Dim.of(2), 2, 1), 1, Dim.of(2), 2, 1);
    Node answer = build.scale(build.sum(windows, List.of(2, 4)), 0.25);
    layer(path, "AvgPool", answer, List.of());
    return answer;
  }

  private Node dense(String path, Node x, Dim m, Dim n) {
    Node answer = apply(path, x, m, n);
    layer(path, "Dense", answer, List.of(weight(path + ".W", Shape.of(m, n)), weight(path + ".b", Shape.of(n))));
    return answer;
  }

  private Node apply(String path, Node x, Dim m, Dim n) {
    Build build = build(path);
    Node weight = build.node(new Op.State(path + ".W", Role.WEIGHT, Element.FLOAT, Shape.of(m, n), 0));
    Node bias = build.node(new Op.State(path + ".b", Role.WEIGHT, Element.FLOAT, Shape.of(n), 0));
    return build.map(Scalar.TANH, build.add(build.contract("i,io->o", x, weight), bias));
  }

  private Node input(String name, Shape shape) {
    return new Build(Origin.NONE).node(new Op.Input(name, Element.FLOAT, shape));
  }

  private Build build(String path) {
    return new Build(new Origin(path, user));
  }

  private StateInfo weight(String path, Shape shape) {
    StateInfo weight = new StateInfo(path, "Net", Role.WEIGHT, shape, Initialiser.constant(0), user, "");
    states.add(weight);
    return weight;
  }

  private static Node state(Build build, StateInfo state) {
    return build.node(new Op.State(state.path(), Role.WEIGHT, Element.FLOAT, state.shape(), 0));
  }

  private void layer(String path, String kind, Node answer, List<StateInfo> weights) {
    Application inside = new Application(path + ".pad1", "Pad", "Pad(2)", library, List.of(), List.of(type(answer)),
        List.of(), List.of(), List.of(answer), Dim.ONE);
    layers.add(new Application(path, kind, kind + "(…)", user, List.of(), List.of(type(answer)), weights,
        List.of(inside), List.of(answer), Dim.ONE));
  }

  private static TensorType type(Node node) {
    return new TensorType(node.element(), node.shape(), Optional.empty());
  }

  private NetworkSummary summary(Node input, Node result) {
    Application root = new Application("", "Net", "Net", user, List.of(), List.of(), List.of(), layers, List.of(result),
        Dim.ONE);
    return NetworkSummary.of(new NetworkProgram("Net", "", user, List.of(new Port("x", type(input), input)),
        List.of(new Port("y", type(result), result)), states, root));
  }
}

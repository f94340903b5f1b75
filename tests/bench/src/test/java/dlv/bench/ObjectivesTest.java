package dlv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objectives of generative models against the same with PyTorch's C++ library: at equal weights and noise the value and the
 * gradient by every input, in 64 bits on both sides.
 */
class ObjectivesTest {
  private static final double NEAR = 1e-9;
  private static final int STEPS = 100;
  private static final int TIME = 40;

  /** A picture, another one or noise for it, noise for a code, and the weights of small networks. */
  private static final Map<String, long[]> INPUTS = new LinkedHashMap<>(Map.of("x", new long[] {6},
      "y", new long[] {6}, "e", new long[] {4}, "A", new long[] {6, 8}, "B", new long[] {4, 6},
      "D", new long[] {6, 4}, "b", new long[] {4}));

  private static final String TEXT = """
      let chain = ddpm(steps: 100)

      network Critic(z: float[6], D: float[6, 4], b: float[4]) -> float { sum(tanh(z @ D) * b) }

      network Objective(x: float[6], y: float[6], e: float[4], A: float[6, 8], B: float[4, 6], D: float[6, 4],
                        b: float[4]) -> float {
        BODY
      }
      """;

  /** An objective in dlv, and in the peer's operations over {@link #INPUTS}. */
  record Objective(String name, String body, Function<Map<String, Tensor>, Tensor> theirs) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Objective> objectives() {
    String real = "Critic(x, D, b)";
    String fake = "Critic(y, D, b)";
    return List.of(
        new Objective("evidence lower bound", """
            let h = x @ A
            let z = h[0 .. 3] + exp(h[4 .. 7] / 2) * e
            bernoulli_nll(z @ B, x) + kl_normal(h[0 .. 3], h[4 .. 7])
            """, ObjectivesTest::bound),
        new Objective("minimax, discriminator", "bce(" + real + ", 1) + bce(" + fake + ", 0)",
            in -> cross(critic(in, "x"), 1).add(cross(critic(in, "y"), 0))),
        new Objective("minimax, generator", "-bce(" + fake + ", 0)", in -> cross(critic(in, "y"), 0).neg()),
        new Objective("non-saturating, generator", "bce(" + fake + ", 1)", in -> cross(critic(in, "y"), 1)),
        new Objective("least squares", "(" + real + " - 1) ^ 2 + " + fake + " ^ 2",
            in -> square(critic(in, "x").sub(number(1))).add(square(critic(in, "y")))),
        new Objective("Wasserstein with gradient penalty", """
            let mix = 0.3 * x + 0.7 * y
            let slope = norm(gradient(Critic(mix, D, b), mix))
            FAKE - REAL + 10 * (slope - 1) ^ 2
            """.replace("FAKE", fake).replace("REAL", real), ObjectivesTest::wasserstein),
        new Objective("noise of a chain", "mean_squared_error(tanh(chain.forward(x, y, " + TIME + ") @ D) @ B, y)",
            ObjectivesTest::noise));
  }

  private static Scalar number(double value) {
    return new Scalar(value);
  }

  private static Tensor square(Tensor x) {
    return x.mul(x);
  }

  private static Tensor row(Tensor x) {
    return x.reshape(1, x.numel());
  }

  /** The critic's answer to {@code at}, [1, 1]. */
  private static Tensor critic(Tensor at, Map<String, Tensor> in) {
    return row(at).matmul(in.get("D")).tanh().matmul(in.get("b").reshape(4, 1));
  }

  private static Tensor critic(Map<String, Tensor> in, String at) {
    return critic(in.get(at), in);
  }

  private static Tensor cross(Tensor logit, double target) {
    return torch.binary_cross_entropy_with_logits(logit, torch.full_like(logit, number(target)));
  }

  private static Tensor bound(Map<String, Tensor> in) {
    Tensor h = row(in.get("x")).matmul(in.get("A"));
    Tensor mu = h.narrow(1, 0, 4);
    Tensor logvar = h.narrow(1, 4, 4);
    Tensor z = mu.add(logvar.div(number(2)).exp().mul(row(in.get("e"))));
    Tensor nll = torch.binary_cross_entropy_with_logits(z.matmul(in.get("B")), row(in.get("x"))).mul(number(6));
    Tensor kl = logvar.exp().add(square(mu)).sub(number(1)).sub(logvar).sum().mul(number(0.5));
    return nll.add(kl);
  }

  private static Tensor wasserstein(Map<String, Tensor> in) {
    Tensor mix = in.get("x").mul(number(0.3)).add(in.get("y").mul(number(0.7)));
    TensorVector slopes = torch.grad(new TensorVector(critic(mix, in).sum()), new TensorVector(mix), new TensorVector(),
        new BoolOptional(true), true, false);
    Tensor penalty = square(square(slopes.get(0)).sum().sqrt().sub(number(1))).mul(number(10));
    return critic(in, "y").sub(critic(in, "x")).add(penalty);
  }

  private static Tensor noise(Map<String, Tensor> in) {
    double left = 1;
    for (int t = 0; t <= TIME; t++) {
      left *= 1 - (1e-4 + (0.02 - 1e-4) * t / (STEPS - 1));
    }
    Tensor at = in.get("x").mul(number(Math.sqrt(left))).add(in.get("y").mul(number(Math.sqrt(1 - left))));
    return torch.mse_loss(row(at).matmul(in.get("D")).tanh().matmul(in.get("B")), row(in.get("y")));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void valueAndGradientsAreThoseOfThePeer(Objective objective) {
    var random = new Random(5);
    Map<String, Array> mine = new LinkedHashMap<>();
    Map<String, Tensor> theirs = new LinkedHashMap<>();
    INPUTS.forEach((name, shape) -> {
      double[] values = random.doubles(shape.length == 1 ? shape[0] : shape[0] * shape[1], 0.05, 0.95).toArray();
      mine.put(name, Array.floats(values, shape));
      theirs.put(name, Tensor.create(values, shape).detach().set_requires_grad(true));
    });
    Tensor loss = objective.theirs().apply(theirs).sum();
    loss.backward();
    var program = Compiler.check(new SourceFile("objective.dlv", TEXT.replace("BODY", objective.body())),
        Compiler.Given.NOTHING);
    Node value = program.network("Objective").orElseThrow().results().get(0).node();
    Map<String, Array> found = evaluate(value, mine);
    assertEquals(loss.item_double(), found.get("value").data()[0], NEAR);
    assertTrue(found.size() > 2, "gradients by several inputs");
    found.keySet().stream().filter(name -> !name.equals("value")).forEach(name ->
        near(values(theirs.get(name).grad()), found.get(name).data(), objective + " by " + name));
  }

  /** The value, and under the name of each input that it depends on the gradient by it. */
  private static Map<String, Array> evaluate(Node value, Map<String, Array> inputs) {
    var build = new Build(Origin.NONE);
    List<Graph.Output> outputs = new ArrayList<>(List.of(new Graph.Output("value", value)));
    for (Node leaf : Graph.topological(List.of(value))) {
      if (leaf.op() instanceof Op.Input input) {
        outputs.add(new Graph.Output(input.name(), build.derivative(value, leaf)));
      }
    }
    Graph graph = Differentiate.in(new Graph("objective", outputs, List.of()));
    return Interpreter.evaluate(graph, new Bindings(inputs, Map.of(), Map.of())).outputs();
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_double().get(values);
    return values;
  }

  private static void near(double[] theirs, double[] mine, String what) {
    assertEquals(theirs.length, mine.length, what);
    for (int i = 0; i < mine.length; i++) {
      assertEquals(theirs[i], mine[i], NEAR, what);
    }
  }
}

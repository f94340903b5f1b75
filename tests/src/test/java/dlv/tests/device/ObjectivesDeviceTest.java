package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Lower;
import dlv.compiler.pass.Passes;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.Flavours;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training steps of generative objectives, kernel by kernel: each over what the device computed before it. */
@NeedsOpenCl
class ObjectivesDeviceTest {
  private static final long BATCH = 32;
  private static final long ROWS = 64;

  private static final String TEXT = """
      let chain = ddpm(steps: 20, beta: cosine_levels)

      process VP {
        time         = 0.01 .. 1
        drift(x, t)  = -0.5 * (0.1 + t * 19.9) * x
        diffusion(t) = sqrt(0.1 + t * 19.9)
      }

      network Encoder(x: float[m], n: int) -> (mu: float[n], logvar: float[n]) {
        let h = x -> Dense(7) -> relu
        (h -> Dense(n), h -> Dense(n))
      }

      network Decoder(z: float[n]) -> float[6] { z -> Dense(7) -> relu -> Dense(6) }

      network Generator(z: float[n]) -> float[6] { z -> Dense(8) -> BatchNorm -> relu -> Dense(6) -> tanh }

      network Critic(x: float[6], spectral: bool = false) -> float {
        (x -> Dense(8, spectral: spectral) -> leaky_relu(0.2) -> Dense(1, spectral: spectral))[0]
      }

      network Noise(x: float[6], t: float) -> float[6] { concat(x, TimeEmbedding(t, 4)) -> Dense(8) -> silu -> Dense(6) }

      network Picture(x: float[1, 4, 4], t: float) -> float[1, 4, 4] {
        let told = ResidualBlock(x -> Conv2D(4, kernel: 3, padding: same), TimeEmbedding(t, 4), channels: 4, groups: 2)
        told -> PlaceAttention(groups: 2) -> Conv2D(1, kernel: 3, padding: same)
      }

      train Objective {
        data digits = digits(train: 64, test: 16)
        let x = (digits.image -> Flatten)[300 .. 305]
        BODY
        batch 32  epochs 1
      }
      """;

  private static final Map<String, String> BODIES = Map.of(
      "evidence lower bound", """
          model q = Encoder(3)
          model p = Decoder
          let (mu, logvar) = q(x)
          let z = mu + exp(logvar / 2) * normal_like(mu)
          minimize bernoulli_nll(p(z), x) + ramp(0.1, 1, epochs: 1) * kl_normal(mu, logvar) with adam(1e-3)""",
      "sparse codes of noisy pictures", """
          model q = Encoder(3)
          model p = Decoder
          let code = q(x + 0.1 * normal_like(x)).mu
          minimize squared_error(p(code), x) + 0.1 * sum(abs(code)) with adam(1e-3)""",
      "minimax", """
          model G = Generator(n: 4)
          model D = Critic
          let fake = G(normal([4]))
          let loss = bce(D(x), 1) + bce(D(fake), 0)
          minimize loss of D with adam(2e-4, beta1: 0.5)
          minimize -bce(D(fake), 0) of G with adam(2e-4, beta1: 0.5)""",
      "non-saturating", """
          model G = Generator(n: 4)
          model D = Critic
          let fake = G(normal([4]))
          minimize bce(D(x), 1) + bce(D(fake), 0) of D with adam(2e-4, beta1: 0.5)
          minimize bce(D(fake), 1) of G with adam(2e-4, beta1: 0.5)""",
      "least squares, spectral norms", """
          model G = Generator(n: 4)
          model D = Critic(spectral: true)
          let fake = G(normal([4]))
          minimize (D(x) - 1) ^ 2 + D(fake) ^ 2 of D with adam(2e-4, beta1: 0.5)
          minimize (D(fake) - 1) ^ 2 of G with adam(2e-4, beta1: 0.5)""",
      "Wasserstein with gradient penalty", """
          model G = Generator(n: 4)
          model D = Critic
          let fake  = G(normal([4]))
          let share = uniform([])
          let mix   = share * x + (1 - share) * fixed(fake)
          let slope = norm(gradient(D(mix), mix))
          minimize D(fake) - D(x) + 10 * (slope - 1) ^ 2 of D with adam(1e-4, beta1: 0, beta2: 0.9) times 2
          minimize -D(fake) of G with adam(1e-4, beta1: 0, beta2: 0.9)""",
      "score of an equation", """
          model eps = Noise
          let x0    = 2 * x - 1
          let t     = VP.draw_time()
          let noise = normal_like(x0)
          minimize mean_squared_error(eps(VP.forward(x0, noise, t), t), noise) with adam(2e-3)""",
      "noise of a chain, in pictures", """
          model eps = Picture
          let x0    = reshape((digits.image -> Flatten)[300 .. 315], [1, 4, 4]) * 2 - 1
          let t     = chain.draw_time()
          let noise = normal_like(x0)
          minimize mean_squared_error(eps(chain.forward(x0, noise, t), t), noise) with adam(2e-3) clip 1.0
          ema 0.99""");

  /** All of them for processors; for the plain flavour, whose kernels other tests see, second derivatives and pictures. */
  static Stream<Arguments> objectives() {
    return Flavours.asked().stream().flatMap(flavour -> BODIES.keySet().stream().sorted()
        .filter(name -> flavour != Flavour.GPU || name.startsWith("Wasserstein") || name.endsWith("in pictures"))
        .map(name -> Arguments.of(flavour, name)));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void everyKernelComputesWhatItsNodesMean(Flavour flavour, String name) {
    var file = new SourceFile("test.dlv", TEXT.replace("BODY", BODIES.get(name).indent(2).strip()));
    var train = Compiler.check(file, Compiler.Given.NOTHING).trains().get(0);
    Graph graph = Passes.run(Lower.train(train).entries().get(0));
    Bindings bindings = bindings(graph);
    try (Context context = Context.open(OpenClDevice.all().get(0));
         DeviceRun run = new DeviceRun(Fuse.in(graph), flavour, bindings, context)) {
      run.bind(context.build("objective", DeviceRun.source(List.of(run))));
      run.launch();
      for (Kernel kernel : run.schedule().kernels()) {
        var reference = new Reference(run.schedule().graph(), bindings, kernel, run::result);
        for (Node node : kernel.results()) {
          reference.check(node, run.result(node), flavour + " " + kernel.name());
        }
      }
      assertTrue(graph.updates().size() > 3, "weights and the optimiser's states");
    }
  }

  /** All rows in an order of chance, pixels and labels of chance, numbers of states above 0. */
  private static Bindings bindings(Graph graph) {
    var random = new Random(5);
    var sizes = Map.of("batch", BATCH, "digits.rows", ROWS);
    var dims = new Bindings(Map.of(), Map.of(), sizes).dims();
    var inputs = new HashMap<String, Array>();
    var states = new HashMap<String, Array>();
    for (Node node : graph.nodes()) {
      long[] shape = node.shape().substitute(dims).values();
      int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      if (node.op() instanceof Op.Input input) {
        double[] values = input.element() == Element.BYTE
            ? random.ints(size, 0, input.name().endsWith("label") ? 10 : 256).asDoubleStream().toArray() : order(random);
        inputs.put(input.name(), new Array(input.element(), shape, values));
      } else if (node.op() instanceof Op.State state) {
        states.put(state.path(), state.element() == Element.INT ? Array.scalar(Element.INT, 3)
            : new Array(Element.FLOAT, shape, random.doubles(size, 0.1, 0.6).map(v -> (float) v).toArray()));
      }
    }
    return new Bindings(inputs, states, sizes);
  }

  private static double[] order(Random random) {
    List<Integer> order = IntStream.range(0, (int) ROWS).boxed().collect(Collectors.toList());
    Collections.shuffle(order, random);
    return order.stream().mapToDouble(i -> i).toArray();
  }
}

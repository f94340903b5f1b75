package dlv.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The standard library: every declaration can be applied, and says what it is. */
class LibraryTest {
  /** A body that applies the declaration to {@code v: float[6]}, {@code i: float[4, 8, 9]}, {@code l: index(6)}. */
  private static final Map<String, String> USES = new LinkedHashMap<>();

  static {
    for (String elementwise : List.of("leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softsign", "softmax",
        "log_softmax", "LayerNorm", "BatchNorm", "Dropout", "Flatten", "norm")) {
      USES.put(elementwise, "v -> " + elementwise);
    }
    for (String loss : List.of("bce", "bernoulli_nll", "squared_error", "mean_squared_error", "absolute_error",
        "mean_absolute_error", "huber_error", "mean_huber_error", "hinge", "kl_normal", "binary_accuracy")) {
      USES.put(loss, loss + "(v, v)");
    }
    for (String pool : List.of("AvgPool", "MaxPool", "SumPool")) {
      USES.put(pool, "i -> " + pool + "([3, 2], stride: 2)");
    }
    for (String pool : List.of("GlobalAvgPool", "GlobalMaxPool", "GlobalSumPool")) {
      USES.put(pool, "i -> " + pool);
    }
    USES.put("cross_entropy", "cross_entropy(v, l, smoothing: 0.1)");
    USES.put("accuracy", "accuracy(v, l)");
    USES.put("top_accuracy", "top_accuracy(v, l, count: 2)");
    USES.put("one_hot", "one_hot(l)");
    USES.put("Dense", "v -> Dense(3)");
    USES.put("Reshape", "v -> Reshape([2, 3])");
    USES.put("Pad", "i -> Pad([1, 2])");
    USES.put("Windows", "i -> Windows(3, stride: [1, 2], dilation: 2)");
    for (String levels : List.of("linear", "scaled_linear", "cosine_levels", "sigmoid_levels", "cumulative_sum")) {
      USES.put(levels, levels + "(v)");
    }
    USES.put("Embed", "Embed(l, 3)");
    USES.put("affine", "affine(v, v, 3)");
    USES.put("bidirectional", "i[0] -> bidirectional(LSTM(3))");
    USES.put("transposed", "i -> transposed");
    USES.put("no_future", "i -> no_future");
    USES.put("attend", "attend(i[0], i[1], i[2], causal: true)");
    USES.put("AdditiveAttention", "AdditiveAttention(v, i[0], i[1], n: 5)");
    USES.put("DotAttention", "DotAttention(v, i[0], i[1])");
    USES.put("MultiHeadAttention", "MultiHeadAttention(i[0], i[1], heads: 3)");
    USES.put("ToHeads", "i[0] -> ToHeads(3, features: 5)");
    USES.put("FromHeads", "i -> FromHeads(7)");
    USES.put("SelfAttention", "i[0] -> SelfAttention(3, causal: true, dropout: 0.1)");
    USES.put("SinusoidalPositions", "i[0] -> SinusoidalPositions");
    USES.put("LearnedPositions", "i[0] -> LearnedPositions(20)");
    USES.put("TransformerBlock", "i[0] -> TransformerBlock(3, hidden: 7, norm: after)");
    USES.put("GroupNorm", "i -> GroupNorm(2)");
    USES.put("Upsample", "i -> Upsample");
    USES.put("TimeEmbedding", "TimeEmbedding(v[0], 6)");
    USES.put("ResidualBlock", "ResidualBlock(i, v, channels: 8, groups: 2)");
    USES.put("PlaceAttention", "i -> PlaceAttention(2)");
    USES.put("UNetBlock", "UNetBlock(i, v, channels: 4, attention: 8, groups: 2, dropout: 0.1)");
    USES.put("UNetLevel", "UNetLevel(i[..., 0 .. 7], v, channels: 4, widths: [1, 2], level: 0, left: 2, blocks: 2,"
        + " attention: 4, groups: 2, dropout: 0)");
    USES.put("UNet", "UNet(i[..., 0 .. 7], v[0], channels: 8, widths: [1, 2, 1], groups: 4)");
    USES.put("require_steps", "v -> require_steps(3, most: 5)");
    USES.put("require_range", "v -> require_range");
    USES.put("matrix_root", "i[0, 0 .. 5, 0 .. 5] -> matrix_root");
    USES.put("newton_schulz", "newton_schulz(i[0, 0 .. 5, 0 .. 5], one_hot(positions(6)), steps: 2) @ v");
    USES.put("frechet_distance", "frechet_distance(i[0], i[1])");
    USES.put("require_levels", "0.1 * ones([6]) -> require_levels");
    USES.put("LangevinStep", "v -> LangevinStep(0.5, 1, denoiser: VectorField, snr: 0.1)");
    USES.put("interpolated", "interpolated(v, 2.5)");
    USES.put("integral", "integral(v, 0.1)");
    USES.put("affine_factor", "affine_factor(zeros([6]), ones([6]), 2 * ones([6])) * v");
    USES.put("ConvTranspose2D", "i -> ConvTranspose2D(3, kernel: [3, 2], stride: 2, padding: 1, output_padding: 1)");
    USES.put("SpectralNorm", "SpectralNorm(ones([3, 6])) @ v");
    USES.put("Conv2D", "i -> Conv2D(6, kernel: [3, 2], stride: 2, padding: same, dilation: [1, 2], groups: 2)");
  }

  private static List<Declaration> declarations() {
    List<Declaration> all = new ArrayList<>();
    Library library = Library.shipped();
    for (String name : library.names()) {
      library.declaring(name).flatMap(module -> module.declaration(name)).ifPresent(all::add);
    }
    return all;
  }

  private static boolean begins(Declaration declaration) {
    return declaration.inputs().get(0).name().equals("w") && declaration.kind() == Declaration.Kind.NETWORK;
  }

  @Test
  void everyNetworkCanBeApplied() {
    for (Declaration declaration : declarations()) {
      if (declaration.kind() == Declaration.Kind.NETWORK && !begins(declaration)) {
        String use = USES.get(declaration.name());
        assertTrue(use != null, declaration.name() + " has no use here");
        CheckerTest.check("network VectorField(x: float[n], t: float) -> float[n] { x * t }\n"
            + "network Use(v: float[6], i: float[4, 8, 9], l: index(6)) { " + use + " }");
      }
    }
  }

  /**
   * The library has no privileges: a copy of its files, in a file of one's own, is checked without a word. Only equations
   * are left out: their parts take what a process gives, and parts of them numbers alone.
   */
  @Test
  void everyFileCanBeCopied() {
    List<String> files = declarations().stream().map(declaration -> declaration.module().file().name()).distinct()
        .filter(file -> !file.equals("std/diffusion.dlv")).toList();
    assertFalse(files.isEmpty());
    for (String file : files) {
      String text = declarations().stream().map(declaration -> declaration.module().file())
          .filter(source -> source.name().equals(file)).findFirst().orElseThrow().text();
      assertEquals(List.of(), CheckerTest.check(text).warnings(), file);
    }
  }

  @Test
  void everyInitialiserBeginsAWeight() {
    for (Declaration declaration : declarations()) {
      if (begins(declaration)) {
        Program program = CheckerTest.check(
            "network Use(v: float[6]) { weight W: float[6, 2] = " + declaration.name() + "(gain: 0.5)  v @ W }");
        Initialiser initialiser = program.networks().get(0).states().get(0).initialiser();
        assertTrue(initialiser.numbers().stream().allMatch(Double::isFinite), declaration.name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"glorot_uniform, 6, 8", "glorot_normal, 2, 8", "he_uniform, 6, 6", "he_normal, 2, 6",
      "lecun_uniform, 3, 6",
      "lecun_normal, 1, 6"})
  void initialisersAreAsWideAsTheirPapersSay(String name, double over, double fan) {
    Program program = CheckerTest.check("network Use(v: float[6]) { weight W: float[6, 2] = " + name + "  v @ W }");
    List<Double> numbers = program.networks().get(0).states().get(0).initialiser().numbers();
    assertEquals(Math.sqrt(over / fan), numbers.get(1), 1e-12);
    assertEquals(name.endsWith("uniform") ? -numbers.get(1) : 0, numbers.get(0), 1e-12);
  }

  @Test
  void everyOptimiserTrains() {
    for (Declaration declaration : declarations()) {
      if (declaration.kind() == Declaration.Kind.OPTIMIZER) {
        Program program = CheckerTest.check("train T { data d = points()  model net = Dense(1)\n"
            + "minimize mean(net(d.at)) with " + declaration.name() + "(rate: cosine(0.1))  epochs 1 }");
        assertEquals(declaration.name(), program.trains().get(0).minimize().get(0).optimiser().name());
      }
    }
  }

  @Test
  void namesAreNotThoseOfPrimitives() {
    TreeSet<String> names = Library.shipped().names();
    names.retainAll(Primitives.names());
    assertEquals(new TreeSet<String>(), names);
    assertFalse(Library.shipped().fileNames().isEmpty());
  }
}

package dlv.tests.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dlv.compiler.Compiler;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.emit.java.GeneratedFiles;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.Values;
import dlv.runtime.data.DataSource;
import dlv.runtime.text.Vocabulary;
import dlv.runtime.train.Session;
import dlv.runtime.weights.Tensor;
import dlv.runtime.weights.WeightsFile;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of generate blocks compile without a warning, and answer from a seed. */
@NeedsOpenCl
class GenerateClassTest {
  private static final String TEXT = """
      train Fit {
        data digits = digits()
        model p = Dense(2, m: 3, bias: false)
        minimize sum(p(normal([3]))) + sum(digits.image) with adam
        epochs 1
      }

      generate Draw() -> z: float[3] { normal([3]) }

      /// The product, with a little noise.
      generate Noisy(x: float[3]) -> (y: float[2], z: float[2]) {
        model p = Fit.p
        model q = Fit.p
        (p(x), q(x) + uniform([2]))
      }

      network Mapped(source: index(V)[S], target: index(W)[T]) -> float[T, W] {
        weight table: float[V, W] = zeros
        one_hot(target) * 0 + broadcast(gather(table, source)[0], T, axis: 0)
      }

      train Map {
        data dates = dates(train: 32, test: 1)
        model m = Mapped
        minimize cross_entropy(m(dates.source, dates.target.inputs), dates.target.outputs) with adam
        epochs 1
      }

      generate Repeat(source: index(V)[S]) -> target: index(W)[3] {
        model m = Map.m
        greedy(m(source, _), longest: 3)
      }
      """;

  @TempDir
  private Path folder;

  private static Class<?> type(String name) throws Exception {
    var program = Compiler.check(new SourceFile("test.dlv", TEXT), new Compiler.Given(Map.of("S", "4"), Map.of(),
        Path.of("")));
    GeneratedFiles files = new GeneratedFiles("com.acme");
    for (GenerateProgram generate : program.generates()) {
      files.add(generate, Arrays.stream(Flavour.values()).map(f -> Compiler.compile(generate.network(), f)).toList());
    }
    return CompiledClasses.of(files.files()).loadClass("com.acme." + name);
  }

  private static Values values(Object output, String result) throws Exception {
    return (Values) output.getClass().getMethod(result).invoke(output);
  }

  @Test
  void aBlockWithoutModelsNeedsNoFile() throws Exception {
    Class<?> type = type("Draw");
    try (Device device = Device.open();
        AutoCloseable draw = (AutoCloseable) type.getMethod("load", Device.class).invoke(null, device)) {
      var generate = type.getMethod("generate", int.class, int.class);
      Values some = values(generate.invoke(draw, 300, 5), "z");
      assertEquals(300, some.rows());
      assertArrayEquals(some.row(299).toArray(), values(generate.invoke(draw, 400, 5), "z").row(299).toArray());
    }
  }

  /** A table that says `7` after a text that begins with `b`. */
  @Test
  void aBlockThatReadsATextAndWritesOneIsAMethodOfItsName() throws Exception {
    Map<String, String> learned;
    try (DataSource dates = Session.source("dates", Map.of(), folder, Optional.empty())) {
      learned = dates.learned();
    }
    Vocabulary read = Vocabulary.parse(learned.get("vocabulary.source"));
    Vocabulary written = Vocabulary.parse(learned.get("vocabulary.target"));
    float[] table = new float[read.size() * written.size()];
    table[read.number("b") * written.size() + written.number("7")] = 1;
    Path weights = folder.resolve("map.safetensors");
    WeightsFile.write(weights, Map.of("vocabulary.dates.source", learned.get("vocabulary.source"),
        "vocabulary.dates.target", learned.get("vocabulary.target")),
        List.of(Tensor.floats("m.table", List.of((long) read.size(), (long) written.size()), table)));
    Class<?> type = type("Repeat");
    try (Device device = Device.open(); AutoCloseable repeat = (AutoCloseable) type
        .getMethod("load", Device.class, Path.class).invoke(null, device, weights)) {
      var method = type.getMethod("repeat", String.class);
      assertEquals("777", method.invoke(repeat, "bad"));
      for (String wrong : List.of("", "badly", "b?")) {
        var e = assertThrows(InvocationTargetException.class, () -> method.invoke(repeat, wrong));
        assertEquals(IllegalArgumentException.class, e.getCause().getClass(), wrong);
      }
    }
  }

  @Test
  void modelsOfOneBlockShareAFile() throws Exception {
    Path weights = folder.resolve("fit.safetensors");
    WeightsFile.write(weights, Map.of(), List.of(Tensor.floats("p.W", List.of(3L, 2L), 1, 2, 3, 4, 5, 6)));
    Class<?> type = type("Noisy");
    try (Device device = Device.open(); AutoCloseable noisy = (AutoCloseable) type
        .getMethod("load", Device.class, Path.class).invoke(null, device, weights)) {
      Object input = type.getMethod("input").invoke(null);
      input.getClass().getMethod("x", float[].class).invoke(input, (Object) new float[] {1, 2, 3});
      Object output = type.getMethod("generate", input.getClass(), int.class, int.class).invoke(noisy, input, 2, 1);
      assertArrayEquals(new float[] {22, 28, 22, 28}, values(output, "y").toArray());
      float noise = values(output, "z").get(1, 1) - 28;
      assertEquals(0.5, noise, 0.5);
    }
  }
}

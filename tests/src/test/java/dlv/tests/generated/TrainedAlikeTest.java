package dlv.tests.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dlvc train} leaves and what the class of {@code dlvc compile} learns in as many steps: the same bits. */
@NeedsOpenCl
class TrainedAlikeTest {
  private static final int STEPS = 12;

  /** Chance, statistics, an average of the weights, a schedule and two epochs take part. */
  private static final String TEXT = """
      network Small(image: float[1, 28, 28]) -> digit: float[10] {
        image -> AvgPool(2) -> Flatten -> Dense(24) -> BatchNorm -> relu -> Dropout(0.2) -> Dense(10)
      }

      train Few {
        data  digits = digits(train: 192, test: 48)
        model net    = Small
        let digit = net(digits.image)
        minimize cross_entropy(digit, digits.label) with adam(cosine(1e-2, epochs: 2)) clip 1
        batch 32  epochs 2  seed 7  ema 0.9
      }
      """;

  @TempDir
  private Path folder;

  private void dlvc(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp",
        System.getProperty("java.class.path"), "dlv.compiler.cli.Main"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log.txt");
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it ends");
    assertEquals(0, process.exitValue(), Files.readString(log));
  }

  private Map<String, byte[]> written(Path out) throws IOException {
    var files = new HashMap<String, byte[]>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void theCommandAndTheClassLearnTheSameBits() throws Exception {
    Files.writeString(folder.resolve("few.dlv"), TEXT);
    dlvc("train", "few.dlv");
    dlvc("compile", "few.dlv", "--package", "com.acme", "--out", "java");
    Class<?> type = CompiledClasses.of(written(folder.resolve("java"))).loadClass("com.acme.Few");
    Path own = folder.resolve("own.safetensors");
    try (Device device = Device.open(); AutoCloseable few = (AutoCloseable) type
        .getMethod("open", Device.class, Map.class).invoke(null, device, Map.of())) {
      for (int step = 0; step < STEPS; step++) {
        type.getMethod("step").invoke(few);
      }
      type.getMethod("save", Path.class).invoke(few, own);
    }
    try (WeightsFile ofCommand = WeightsFile.open(folder.resolve("runs/Few-001/weights.safetensors"));
        WeightsFile ofClass = WeightsFile.open(own)) {
      assertEquals(ofCommand.names(), ofClass.names());
      assertTrue(ofCommand.names().contains("net.batchnorm1.m"), ofCommand.names().toString());
      for (String name : ofCommand.names()) {
        assertArrayEquals(ofCommand.read(name).toFloats(), ofClass.read(name).toFloats(), name);
      }
    }
  }
}

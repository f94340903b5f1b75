package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that a training leaves on its way, and pictures that move. */
@NeedsOpenCl
class GalleryTest {
  private static final String TEXT = """
      train Auto {
        data  digits = digits(train: 64, test: 16)
        model enc = Dense(4)
        model dec = Dense(784)
        minimize squared_error(dec(enc(Flatten(digits.image))), Flatten(digits.image)) with adam(1e-2)
        report plane = (enc(Flatten(digits.image))[0 .. 1], digits.label)
        batch 16  epochs 2
      }

      generate Drawn() -> image: float[1, 28, 28] {
        model dec = Auto.dec
        reshape(normal([4]) -> dec, [1, 28, 28])
      }

      /// Needs a picture, so it is not drawn while training.
      generate Through(image: float[1, 28, 28]) -> pair: float[2, 1, 28, 28] {
        model enc = Auto.enc
        model dec = Auto.dec
        stack(image, reshape(image -> Flatten -> enc -> dec, [1, 28, 28]))
      }

      generate Walk() -> images: float[3, 1, 28, 28] {
        model dec = Auto.dec
        reshape(reshape(to_float(positions(3)), [3, 1]) * reshape(normal([4]), [1, 4]) -> dec, [3, 1, 28, 28])
      }
      """;

  @TempDir
  Path folder;

  private String dlvc(int code, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xss8m", "-cp",
        System.getProperty("java.class.path"), "dlv.compiler.cli.Main"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log.txt");
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it ends");
    assertEquals(code, process.exitValue(), Files.readString(log));
    return Files.readString(log);
  }

  @Test
  void trainingLeavesASheetAnEpochAndRowsMove() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("auto.dlv"), TEXT);
    dlvc(0, "train", "auto.dlv", "--pictures", "4");
    Path pictures = folder.resolve("runs/Auto-001/pictures");
    try (var files = Files.list(pictures)) {
      assertEquals(List.of("Drawn-001.png", "Drawn-002.png", "Walk-001.png", "Walk-002.png"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    String answer = dlvc(0, "evaluate", "auto.dlv", "--out", "seen");
    assertTrue(answer.endsWith("seen/plane.png\n"), answer);
    assertArrayEquals(Files.readAllBytes(folder.resolve("runs/Auto-001/plane.png")),
        Files.readAllBytes(folder.resolve("seen/plane.png")), "points of the last epoch");
    dlvc(0, "generate", "auto.dlv", "Drawn", "--count", "4", "--out", "drawn.png");
    byte[] last = Files.readAllBytes(pictures.resolve("Drawn-002.png"));
    assertTrue(Arrays.equals(last, Files.readAllBytes(folder.resolve("drawn.png"))),
        "the last sheet is what generate draws with the weights");
    assertFalse(Arrays.equals(last, Files.readAllBytes(pictures.resolve("Drawn-001.png"))), "the sheets differ");
    dlvc(0, "generate", "auto.dlv", "Walk", "--out", "walk.gif");
    assertTrue(Files.size(folder.resolve("walk.gif")) > 0);
    String refused = dlvc(2, "generate", "auto.dlv", "Drawn", "--out", "drawn.gif");
    assertTrue(refused.contains("`image` of Drawn is float[1, 28, 28], and a GIF file shows rows"), refused);
  }
}

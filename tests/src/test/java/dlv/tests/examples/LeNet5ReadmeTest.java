package dlv.tests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.OutputFile;
import dlv.runtime.data.Split;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of LeNet-5's README, in order, in a folder of their own; training is cut short. */
@NeedsOpenCl
class LeNet5ReadmeTest {
  private static final int PICTURES = 20;
  private static final int MINUTES = 5;
  private static final Pattern COMMANDS = Pattern.compile("```\n((?:\\./dlvc|java).*?)```", Pattern.DOTALL);

  @TempDir
  Path folder;

  @Test
  void theApplicationRecognisesDigits() throws Exception {
    Path example = Path.of("..", "examples", "lenet5");
    copy(example, folder.resolve("examples/lenet5"));
    String classes = System.getProperty("java.class.path");
    String dlvc = "\"" + System.getProperty("java.home") + "/bin/java\" -Xss8m -cp '" + classes
        + "' dlv.compiler.cli.Main";
    List<Integer> labels = drawPictures();
    var answers = "";
    for (MatchResult block : COMMANDS.matcher(Files.readString(example.resolve("README.md"))).results().toList()) {
      String commands = block.group(1).replace("target/dlvc/lib/*", classes)
          .replace("./dlvc train", dlvc + " train --set epochs=1").replace("./dlvc", dlvc)
          .replace("seven.png two.png", "*.png");
      answers = run(commands);
    }
    assertEquals(PICTURES, answers.lines().count(), answers);
    int right = 0;
    for (int i = 0; i < PICTURES; i++) {
      if (answers.contains(String.format(Locale.ROOT, "%02d.png: %d (", i, labels.get(i)))) {
        right++;
      }
    }
    assertTrue(right >= PICTURES * 3 / 4, right + " of " + PICTURES + " right:\n" + answers);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        Files.createDirectories(target.getParent());
        if (!Files.isDirectory(target)) {
          Files.copy(path, target);
        }
      }
    }
    Path source = to.resolve("lenet5.dlv");
    Files.writeString(source, Files.readString(source).replace("= digits()", "= digits(train: 25_600, test: 256)"));
  }

  /** Digits held back, as {@code 00.png} and so on, and what they show. */
  private List<Integer> drawPictures() {
    try (DataSource digits = Session.source("digits", Map.of("train", 1L, "test", (long) PICTURES, "seed", 7L), folder,
        Optional.empty())) {
      ByteBuffer images = ByteBuffer.allocateDirect(PICTURES * 28 * 28);
      ByteBuffer classes = ByteBuffer.allocateDirect(PICTURES * Integer.BYTES).order(ByteOrder.nativeOrder());
      digits.fill(Split.TEST, 0, 0, PICTURES, Map.of("image", images, "label", classes));
      var labels = new ArrayList<Integer>();
      for (int i = 0; i < PICTURES; i++) {
        float[] pixels = new float[28 * 28];
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] = (images.get(i * pixels.length + p) & 0xff) / 255f;
        }
        OutputFile.write(folder.resolve(String.format(Locale.ROOT, "%02d.png", i)), List.of(28, 28), pixels, false);
        labels.add(classes.getInt(i * Integer.BYTES));
      }
      return labels;
    }
  }

  /** What the commands print; every one of them has to succeed. */
  private String run(String commands) throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    Process process = new ProcessBuilder("sh", "-e", "-c", commands).directory(folder.toFile())
        .redirectOutput(log.toFile()).redirectError(folder.resolve("errors.txt").toFile()).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    assertEquals(0, process.waitFor(), commands + "\n" + Files.readString(log)
        + Files.readString(folder.resolve("errors.txt")));
    return Files.readString(log);
  }
}

package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and series from the command line: trained, then asked. */
@NeedsOpenCl
class TextCommandsTest {
  @TempDir
  Path folder;

  private record Answer(int code, String text) {}

  private Answer dlvc(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xss8m", "-cp",
        System.getProperty("java.class.path"), "dlv.compiler.cli.Main"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log.txt");
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it ends");
    // where the machine is slow, a line says how far the kernels are
    String text = Files.readString(log).replaceAll("building kernels \\d+/\\d+\n", "");
    return new Answer(process.exitValue(), text);
  }

  /** A letter names the next one for certain here, so the answer is the text one place later. */
  @Test
  void runEncodesAndDecodesByTheVocabularyOfTheWeights() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("round.txt"), "abcdefgh".repeat(300));
    Files.writeString(folder.resolve("round.dlv"), """
        network Next(words: index(V)[T]) -> next: float[T, V] {
          one_hot(words) -> Dense(V)
        }

        train Round {
          data  letters = text("round.txt", length: 16)
          model net     = Next
          minimize cross_entropy(net(letters.inputs), letters.targets) with adam(0.1)
          batch 16  epochs 8
        }

        generate On(prompt: index(V)[P], length: int = 10) -> text: index(V)[length] {
          model net = Round.net
          greedy(net, prompt: prompt, longest: length)
        }
        """);
    Answer trained = dlvc("train", "round.dlv");
    assertEquals(0, trained.code(), trained.text());
    Answer asked = dlvc("run", "round.dlv", "--in", "words=cabh");
    assertEquals("next, the most likely symbols: dbca", asked.text().lines().reduce((a, b) -> b).orElse(""));
    Answer unknown = dlvc("run", "round.dlv", "--in", "words=cax");
    assertEquals(4, unknown.code());
    assertTrue(unknown.text().contains("\"x\" is not in the vocabulary of the weights"), unknown.text());
    Answer empty = dlvc("run", "round.dlv", "--in", "words=");
    assertEquals(2, empty.code(), empty.text());
    Answer written = dlvc("generate", "round.dlv", "--in", "prompt=cab", "--in", "prompt=h", "--set", "length=12");
    assertEquals("cabcdefghabc\nhabcdefghabc\n", written.text(), "texts of unequal lengths go on");
    assertEquals(0, dlvc("generate", "round.dlv", "--in", "prompt=gh", "--out", "on.txt").code());
    assertEquals("ghabcdefgh\n", Files.readString(folder.resolve("on.txt")));
    Answer json = dlvc("generate", "round.dlv", "--in", "prompt=gh", "--format", "json");
    assertEquals("{\"generate\":\"On\",\"results\":{\"text\":[\"ghabcdefgh\"]},\"files\":[]}\n", json.text());
    Answer strange = dlvc("generate", "round.dlv", "--in", "prompt=cax");
    assertTrue(strange.code() == 4 && strange.text().contains("\"x\" is not in the vocabulary"), strange.text());
  }

  /** Other data than those of the file have other symbols; the weights know them. */
  @Test
  void generateNeedsNoDataAgain() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("few.txt"), "abab".repeat(100));
    Files.writeString(folder.resolve("many.txt"), "abcdef".repeat(300));
    Files.writeString(folder.resolve("round.dlv"), """
        network Next(words: index(V)[T]) -> next: float[T, V] {
          one_hot(words) -> Dense(V)
        }

        train Round {
          data  letters = text("few.txt", length: 16)
          model net     = Next
          minimize cross_entropy(net(letters.inputs), letters.targets) with adam(0.1)
          batch 16  epochs 8
        }

        generate On(prompt: index(V)[P]) -> text: index(V)[8] {
          model net = Round.net
          greedy(net, prompt: prompt, longest: 8)
        }
        """);
    assertEquals(0, dlvc("train", "round.dlv", "--data", "letters=many.txt").code());
    Files.delete(folder.resolve("many.txt"));
    Answer written = dlvc("generate", "round.dlv", "--in", "prompt=cd");
    assertEquals("cdefabcd\n", written.text());
  }

  /** Four sentences held back, one longer than there is room for: what is written is measured against all of it. */
  @Test
  void evaluateMeasuresWhatGenerateBlocksWrite() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("train.a"), IntStream.range(0, 320).mapToObj(i -> "w" + i % 9 + "\n")
        .collect(Collectors.joining()));
    Files.writeString(folder.resolve("train.b"), IntStream.range(0, 320).mapToObj(i -> ("m" + i % 9 + " ").repeat(4) + "\n")
        .collect(Collectors.joining()));
    Files.writeString(folder.resolve("test.a"), "w1\nw2\nw3\nw4\n");
    Files.writeString(folder.resolve("test.b"), "m1 m1 m1 m1\nm2 m2 m2 m2\nm3 m3 m3 m3\nm4 m4 m4 m4 m4 m4\n");
    Files.writeString(folder.resolve("say.dlv"), """
        network Say(source: index(V)[S], target: index(W)[T]) -> next: float[T, W] {
          target -> Embed(8) -> GRU(32, h: last(source -> Embed(32))) -> Dense(W)
        }

        train Saying {
          data  pairs = parallel("train.a", "train.b", longest: 4, tests: ["test.a", "test.b"])
          model net   = Say
          minimize cross_entropy(net(pairs.source, pairs.target.inputs), pairs.target.outputs) with adam(0.02)
          batch 16  epochs 6
        }

        generate Said(source: index(V)[S]) -> target: index(W)[8] {
          model net = Saying.net
          greedy(net(source, _), longest: 8)
        }
        """);
    Answer trained = dlvc("train", "say.dlv");
    assertEquals(0, trained.code(), trained.text());
    List<String> measured = dlvc("evaluate", "say.dlv").text().lines().filter(line -> line.contains("Said")).toList();
    assertEquals(List.of("test Said.bleu 88.2497", "test Said.exact 0.750000", "test Said.token 0.888889"), measured);
    Answer refused = dlvc("evaluate", "say.dlv", "--split", "validation");
    assertEquals(4, refused.code(), refused.text());
  }

  @Test
  void aForecastLeavesAChartAndATableItsClasses() throws IOException, InterruptedException {
    StringBuilder wave = new StringBuilder("t,x\n");
    StringBuilder rows = new StringBuilder("a,b,kind\n");
    for (int t = 0; t < 200; t++) {
      wave.append(t).append(',').append(Math.sin(t / 3.0)).append('\n');
      rows.append(t % 2).append(',').append(t).append(',').append(t % 2 == 0 ? "even" : "odd").append('\n');
    }
    Files.writeString(folder.resolve("wave.csv"), wave);
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(folder.resolve("wave.dlv"), """
        network Ahead(history: float[T, 1]) -> future: float[1] {
          history -> Flatten -> Dense(1)
        }

        train Wave {
          data  wave = series("wave.csv", window: 8)
          model net  = Ahead
          minimize mean_squared_error(net(wave.history), wave.future) with adam(0.02)
          batch 16  epochs 20
        }
        """);
    Files.writeString(folder.resolve("rows.dlv"), """
        network Kind(features: float[1]) -> kind: float[2] {
          features -> Dense(2)
        }

        train Rows {
          data  rows = table("rows.csv", label: "kind", features: ["a"])
          model net  = Kind
          minimize cross_entropy(net(rows.features), rows.label) with adam(0.1)
          batch 16  epochs 5
        }
        """);
    Answer trained = dlvc("train", "wave.dlv");
    assertEquals(0, trained.code(), trained.text());
    assertTrue(Files.size(folder.resolve("runs/Wave-001/forecast.png")) > 1000, trained.text());
    String svg = Files.readString(folder.resolve("runs/Wave-001/forecast.svg"));
    double error = Double.parseDouble(svg.replaceAll("(?s).*root mean squared error ([-.0-9e]+);.*", "$1"));
    assertTrue(error < 0.1, "the recurrence of a sine is linear in two values, and the error is " + error);
    assertEquals(0, dlvc("train", "rows.dlv").code());
    Files.write(folder.resolve("one.npy"), npy());
    Answer asked = dlvc("run", "rows.dlv", "--in", "features=one.npy", "--runs", "runs", "--weights",
        "runs/Rows-001/weights.safetensors");
    assertTrue(asked.text().contains("largest: odd"), asked.text());
  }

  /** A float array of shape [1] that holds 1. */
  private static byte[] npy() {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
    String padded = header + " ".repeat(118 - header.length() - 1) + "\n";
    return ("\u0093NUMPY\u0001\u0000\u0076\u0000" + padded + "\u0000\u0000\u0080\u003F")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}

package dlv.compiler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.DataException;
import dlv.runtime.json.Json;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceOutOfMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String good;
  private String bad;

  @BeforeEach
  void write() throws IOException {
    good = Files.writeString(folder.resolve("good file.dlv"), "network A(x: float[n]) { x }\n").toString();
    bad = Files.writeString(folder.resolve("bad.dlv"), "network A(x: float[n]) {}\nlet = 1\n").toString();
  }

  @Test
  void errorsOfTheSourceEndWithThree() {
    assertEquals(ExitCode.OK, run("check", good));
    assertEquals("no errors\n", text(out));
    assertEquals(ExitCode.SOURCE, run("check", good, bad));
    assertTrue(text(err).contains("error[syntax]: this body has no answer"), text(err));
    assertTrue(text(err).contains("bad.dlv:2:5"), text(err));
    assertEquals(ExitCode.SOURCE, run("check", folder.resolve("missing.dlv").toString()));
  }

  @Test
  void machinesGetJson() {
    assertEquals(ExitCode.OK, run("check", "--format", "json", good));
    assertEquals("{\"version\":1,\"diagnostics\":[]}\n", text(out));
    assertEquals(ExitCode.SOURCE, run("check", "--format=json", bad));
    Json.parse(text(out).strip());
    assertEquals("", text(err));
    assertEquals(ExitCode.USAGE, run("check", "--format", "json", "--bogus"));
    assertTrue(text(out).contains("\"code\":\"usage\""), text(out));
  }

  @Test
  void unknownWordsAreErrorsWithASuggestion() {
    assertEquals(ExitCode.USAGE, run("chekc"));
    assertEquals("error[usage]: there is no command `chekc`\nhelp: did you mean `check`?\n\n", text(err));
    assertEquals(ExitCode.USAGE, run("check", "--fromat=json", good));
    assertTrue(text(err).contains("did you mean `--format`?"), text(err));
    assertEquals(ExitCode.USAGE, run("check", "--format=xml", good));
    assertTrue(text(err).contains("`--format` is one of text, json, not `xml`"), text(err));
    assertEquals(ExitCode.USAGE, run("check"));
    assertTrue(text(err).contains("FILE is missing"), text(err));
    assertEquals(ExitCode.USAGE, run());
    assertTrue(text(err).contains("Commands:"), text(err));
  }

  @Test
  void valuesOfOptionsAreAskedForPlainly() throws IOException {
    assertEquals(ExitCode.USAGE, run("check", good, "--set", "batch"));
    assertTrue(text(err).contains("`--set` takes NAME=VALUE, and there is no `=` in batch\n"), text(err));
    assertEquals(ExitCode.USAGE, run("check", good, "--set"));
    assertTrue(text(err).contains("`--set` needs a value"), text(err));
    String file = train();
    assertEquals(ExitCode.USAGE, run("plan", file, "--flavour", "cpu"));
    assertTrue(text(err).contains("did you mean `cpu-batch` or `gpu`?"), text(err));
    assertEquals(ExitCode.USAGE, run("train", file, "--block", "Tt"));
    assertTrue(text(err).contains("there is no train block `Tt`\nhelp: did you mean `T`?"), text(err));
    assertEquals(ExitCode.USAGE, run("train", file, "--block", "Other"));
    assertTrue(text(err).contains("help: there is: T"), text(err));
  }

  /** Data that are missing or wrong are no fault of the source. */
  @Test
  void errorsOfDataEndWithFourUnlessTheSourceHasSomeToo() throws IOException {
    String file = train();
    String missing = "d=" + folder.resolve("missing");
    for (String command : List.of("check", "summary", "plan", "train")) {
      assertEquals(ExitCode.DATA, run(command, file, "--data", missing), command);
      assertTrue(text(err).startsWith("error[data]: "), text(err));
    }
    assertEquals(ExitCode.SOURCE, run("check", file, "--data", missing, "--set", "batch=0"));
    String pictures = Files.createDirectories(folder.resolve("two/a")).toString();
    Files.copy(Path.of("..", "docs", "images", "cleaned.png"), Path.of(pictures, "a.png"));
    assertEquals(ExitCode.DATA, run("check", file, "--data", "d=" + folder.resolve("two")));
    assertTrue(text(err).contains("another type than digits\n  here:  image: float[1, 28, 28], label: index(1)\n"
        + "  there: image: float[1, 28, 28], label: index(10)\n"), text(err));
  }

  @Test
  void helpOfEveryCommandFitsAScreen() {
    List<String> commands = new ArrayList<>(
        Main.commandLine(new Output(out, err, false)).getSubcommands().keySet());
    commands.add("");
    for (String command : commands) {
      assertEquals(ExitCode.OK, command.isEmpty() ? run("--help") : run(command, "--help"), command);
      List<String> lines = text(out).lines().toList();
      assertTrue(lines.size() <= 24, () -> command + " needs " + lines.size() + " lines");
      assertTrue(lines.stream().allMatch(line -> line.length() <= 80), command);
    }
  }

  @Test
  void everyCommandAnswersWithTheVersionAndCompletes() {
    assertEquals(ExitCode.OK, run("--version"));
    assertEquals("dlvc " + Root.VERSION + "\n", text(out));
    assertEquals(ExitCode.OK, run("completion"));
    assertTrue(text(out).contains("--format"), "no options");
  }

  @Test
  void everyCommandAndExitCodeIsDocumented() throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "commands.md"));
    Main.commandLine(new Output(out, err, false)).getSubcommands().keySet().forEach(
        name -> assertTrue(reference.contains("| `" + name), name));
    for (ExitCode code : ExitCode.values()) {
      assertTrue(reference.contains("| " + code.code() + " |"), code.name());
    }
  }

  @Test
  void dumpShowsHowAFileWasUnderstood() {
    assertEquals(ExitCode.OK, run("dump", good));
    assertEquals("network A(x: float[n]) { x }\n", text(out));
  }

  /** Turkish has another lower case of I, Arabic other digits, German another decimal point. */
  @Test
  void answersAreTheSameInEveryLocale() throws IOException {
    String file = train();
    List<List<String>> commands = List.of(List.of("check", bad), List.of("summary", file), List.of("plan", file),
        List.of("summary", file, "--format", "JSON"), List.of("dump", file, "--after", "emit"), List.of("INIT"),
        List.of("dump", file, "--after", "layout"));
    Locale before = Locale.getDefault();
    List<String> plain = commands.stream().map(this::answer).toList();
    try {
      for (String locale : List.of("tr-TR", "ar-EG-u-nu-arab", "de-DE")) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertEquals(plain, commands.stream().map(this::answer).toList(), locale);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private String answer(List<String> command) {
    return run(command.toArray(String[]::new)) + text(out) + text(err);
  }

  private String train() throws IOException {
    return Files.writeString(folder.resolve("train.dlv"), """
        network A(x: float[1, 28, 28]) { x -> Flatten -> Dense(10) }
        train T {
          data d = digits()
          model net = A
          minimize cross_entropy(net(d.image), d.label) with sgd(0.1)
          epochs 1
        }
        """).toString();
  }

  @Test
  void everyStageCanBeShown() throws IOException {
    String file = train();
    for (String stage : Dump.Stages.names()) {
      assertEquals(ExitCode.OK, run("dump", file, "--after", stage), stage + text(err));
      assertTrue(text(out).contains("A"), stage);
    }
    assertEquals(ExitCode.USAGE, run("dump", file, "--after", "fuze"));
    assertTrue(text(err).contains("did you mean `fuse`?"), text(err));
    assertEquals(ExitCode.OK, run("summary", file));
    assertTrue(text(out).contains("dense1    float[10]"), text(out));
    assertEquals(ExitCode.OK, run("summary", "--format=json", file));
    Json.parse(text(out).strip());
    assertEquals(ExitCode.OK, run("plan", file, "--memory", "1GiB", "--batch=17", "--flavour=gpu"), text(err));
    assertTrue(text(out).contains("largest batch in 1,073,741,824 bytes"), text(out));
    assertTrue(text(out).contains("A, a batch of 32"), text(out));
    assertEquals(ExitCode.OK, run("plan", file, "--format=json", "--memory=3k"), text(err));
    Json.parse(text(out).strip());
    Path generated = folder.resolve("generated");
    assertEquals(ExitCode.OK, run("compile", file, "--package", "a.b", "--out", generated.toString()), text(err));
    assertTrue(Files.exists(generated.resolve("a/b/T.java")), text(out));
    assertEquals(ExitCode.SOURCE, run("compile", file, "--package", "../a", "--out", generated.toString()));
    assertEquals(ExitCode.USAGE, run("compile", file, "--package", "a.b"));
    assertTrue(text(err).contains("`--out` is missing"), text(err));
    assertEquals(ExitCode.USAGE, run("plan", file, "--flavour=gpo"));
    assertTrue(text(err).contains("did you mean `gpu`?"), text(err));
    assertEquals(ExitCode.USAGE, run("generate", file, "--count=0"));
    assertTrue(text(err).contains("--count 0"), text(err));
    assertEquals(ExitCode.SOURCE, run("check", "--set", "bach=3", file));
    assertEquals(ExitCode.OK, run("check", "--set", "batch=3", file));
    assertEquals(ExitCode.OK, run("check", "--set", "batch=3,seed=7", file), text(err));
    assertEquals(ExitCode.SOURCE, run("check", "--set", "batch=3,seed=x", file));
  }

  @Test
  void aClosedOutputEndsQuietly() {
    OutputStream closed = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
    String[] arguments = {"dump", good};
    assertEquals(ExitCode.OUTPUT_CLOSED, Main.run(arguments, new Output(closed, err, false)));
    assertEquals(ExitCode.OUTPUT_CLOSED, Main.run(new String[] {"--help"}, new Output(closed, err, false)));
    assertEquals("", text(err));
  }

  @Test
  void everyFailureHasItsCodeAndNoTrace() {
    assertEquals(ExitCode.DATA, report(DataException.of(Path.of("a.csv"), "it is empty", "fill it")));
    assertEquals("error[data]: it is empty\n  --> a.csv\nhelp: fill it\n\n", text(err));
    assertEquals(ExitCode.DEVICE, report(new DeviceException(-5, "no device", "buy one")));
    assertEquals("error[device]: no device\nhelp: buy one\n\n", text(err));
    assertEquals(ExitCode.DEVICE_MEMORY, report(new DeviceOutOfMemory(-4, "full", "batch 3")));
    assertEquals(ExitCode.INTERNAL, report(new IllegalStateException("one\ntwo")));
    assertTrue(text(err).startsWith("error[internal]: a bug of dlvc: IllegalStateException: one\n"), text(err));
    assertFalse(text(err).contains("\tat "), text(err));
    assertEquals(ExitCode.INTERNAL, report(new StackOverflowError()));
  }

  @Test
  void coloursOnlyWhereWanted() {
    Main.run(new String[] {"check", bad}, new Output(out, err, true));
    assertTrue(text(err).contains("\u001b[1;31merror"), text(err));
    run("check", bad);
    assertFalse(text(err).contains("\u001b"), text(err));
  }

  @Test
  void noTwoCommandsShareAName() {
    CommandLine line = Main.commandLine(new Output(out, err, false));
    line.getSubcommands().forEach((name, command) -> assertEquals(name, command.getCommandName()));
  }

  private ExitCode report(Throwable failure) {
    out.reset();
    err.reset();
    return new Failures(new Output(out, err, false), Output.Format.TEXT, false).report(failure);
  }

  private ExitCode run(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(arguments, new Output(out, err, false));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}

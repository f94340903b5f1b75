package dlv.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourcePrinter;
import dlv.compiler.syntax.SourceUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code dlv} block of the documentation, every example and the whole library can be read, printed again, and checked. */
class DocumentedExamplesTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```dlv\\n(.*?)^```");
  private static final Path ROOT = Path.of("..");

  static List<SourceFile> sources() throws IOException {
    List<SourceFile> sources = new ArrayList<>();
    for (String place : List.of("README.md", "docs", "examples", "compiler/src/main/resources/dlv")) {
      for (Path file : files(ROOT.resolve(place))) {
        String text = Files.readString(file);
        if (file.toString().endsWith(".dlv")) {
          sources.add(new SourceFile(file.toString(), text));
        }
        Matcher block = BLOCK.matcher(text);
        while (file.toString().endsWith(".md") && block.find()) {
          long line = text.substring(0, block.start(1)).lines().count() + 1;
          sources.add(new SourceFile(file + " (from line " + line + ")", block.group(1)));
        }
      }
    }
    assertFalse(sources.isEmpty(), "no examples were found");
    return sources;
  }

  @ParameterizedTest
  @MethodSource("sources")
  void isReadAndPrintedAgain(SourceFile source) {
    String printed = SourcePrinter.print(parse(source));
    Assertions.assertEquals(printed, SourcePrinter.print(parse(new SourceFile("printed.dlv", printed))));
    assertTrue(source.text().lines().allMatch(line -> line.length() <= 120), "lines of at most 120 characters");
  }

  @ParameterizedTest
  @MethodSource("sources")
  void hasNoErrors(SourceFile source) {
    if (source.name().contains("std")) {
      return;
    }
    try {
      Program program = Compiler.check(source, Compiler.Given.NOTHING);
      Assertions.assertEquals(List.of(), program.warnings());
    } catch (CompileException e) {
      fail("\n" + TextRenderer.render(e.diagnostics(), false));
    }
  }

  private static SourceUnit parse(SourceFile source) {
    try {
      return Parser.parse(source);
    } catch (CompileException e) {
      return fail("\n" + TextRenderer.render(e.diagnostics(), false));
    }
  }

  private static List<Path> files(Path place) throws IOException {
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(file -> file.toString().endsWith(".md") || file.toString().endsWith(".dlv"))
          .sorted().toList();
    }
  }
}

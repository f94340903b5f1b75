package dlv.compiler.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Files in which words, numbers and operators were swapped for others are checked or refused, never more than that. */
class MutationTest {
  private static final Pattern TOKEN =
      Pattern.compile("\\s+|//[^\\n]*|\"[^\"\\n]*\"|\\p{L}[\\p{L}\\p{N}_]*|[0-9][0-9_.e-]*|->|\\.+|[=!<>]=|.");
  private static final int SEED = 7;
  private static final int MUTANTS = 200;

  private static List<String> tokens(Path file) throws IOException {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(Files.readString(file));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** What a token can be swapped for: w a word, 0 a number, + an operator, and nothing for the rest. */
  private static char kind(String token) {
    char c = token.charAt(0);
    if (Character.isLetter(c)) {
      return 'w';
    }
    return Character.isDigit(c) ? '0' : "+-*/@^<>".indexOf(c) >= 0 && !token.equals("->") ? '+' : ' ';
  }

  @Test
  void mutantsAreCheckedOrRefused() throws IOException {
    List<List<String>> files = new ArrayList<>();
    for (String file : List.of("examples/lenet5/lenet5.dlv", "tests/cases/models/odd.dlv",
        "compiler/src/main/resources/dlv/std/convolution.dlv", "compiler/src/main/resources/dlv/std/losses.dlv",
        "compiler/src/main/resources/dlv/std/normalization.dlv",
            "compiler/src/main/resources/dlv/std/optimizers.dlv")) {
      files.add(tokens(Path.of("..").resolve(file)));
    }
    List<String> all = files.stream().flatMap(List::stream).filter(token -> kind(token) != ' ').toList();
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      List<String> mutant = new ArrayList<>(files.get(random.nextInt(files.size())));
      for (int swaps = 0; swaps < 3; ) {
        int place = random.nextInt(mutant.size());
        String other = all.get(random.nextInt(all.size()));
        if (kind(mutant.get(place)) == kind(other)) {
          mutant.set(place, other);
          swaps++;
        }
      }
      refused += isRefused(String.join("", mutant)) ? 1 : 0;
    }
    assertTrue(refused > MUTANTS / 2, refused + " of " + MUTANTS + " were refused");
  }

  private static boolean isRefused(String text) {
    try {
      Checker.check(Parser.parse(new SourceFile("mutant.dlv", text)), Checker.Options.NONE, new DrawnDigits());
      return false;
    } catch (CompileException e) {
      assertFalse(e.diagnostics().isEmpty(), "refused without a reason:\n" + text);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      return fail(e + " on\n" + text, e);
    }
  }
}

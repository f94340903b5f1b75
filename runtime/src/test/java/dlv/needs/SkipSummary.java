package dlv.needs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the tests that were skipped for want of something, and says so when a module's tests end; in the last module
 * for all of them.
 *
 * <p>The counts of each module lie in the folder that the system property {@code dlv.skipped} names.
 */
public final class SkipSummary implements TestExecutionListener {
  private static final String LAST_MODULE = "tests";
  private final Map<Tier, Long> skipped = new EnumMap<>(Tier.class);
  private TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    for (Tier tier : Tier.values()) {
      if (reason != null && reason.contains(tier.reason())) {
        long tests = 1 + plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
        skipped.merge(tier, test.isTest() ? 1 : Math.max(1, tests - 1), Long::sum);
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    Path folder = Path.of(System.getProperty("dlv.skipped", "target/skipped"));
    String module = Path.of("").toAbsolutePath().getFileName().toString();
    try {
      keep(folder, module);
      Map<Tier, Long> counts = module.equals(LAST_MODULE) ? sum(folder) : skipped;
      counts.forEach((tier, count) -> System.out.println(count + (count == 1 ? " test" : " tests")
          + (module.equals(LAST_MODULE) ? "" : " of " + module) + " skipped for want of " + tier.need + ": "
          + tier.cure));
    } catch (IOException e) {
      System.out.println("the skipped tests cannot be counted: " + e.getMessage());
    }
  }

  private void keep(Path folder, String module) throws IOException {
    Properties counts = new Properties();
    skipped.forEach((tier, count) -> counts.setProperty(tier.word, Long.toString(count)));
    Files.createDirectories(folder);
    try (var out = Files.newBufferedWriter(folder.resolve(module + ".properties"))) {
      counts.store(out, null);
    }
  }

  private static Map<Tier, Long> sum(Path folder) throws IOException {
    Map<Tier, Long> sum = new EnumMap<>(Tier.class);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Properties counts = new Properties();
        try (var in = Files.newBufferedReader(file)) {
          counts.load(in);
        }
        for (Tier tier : Tier.values()) {
          if (counts.containsKey(tier.word)) {
            sum.merge(tier, Long.parseLong(counts.getProperty(tier.word)), Long::sum);
          }
        }
      }
    }
    return sum;
  }
}

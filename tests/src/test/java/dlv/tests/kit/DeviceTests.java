package dlv.tests.kit;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.json.Json;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests that need a device, and how they went. */
final class DeviceTests {
  private static final int SHOWN = 20;
  /** What needs more than a device, or brings a device of its own. */
  private static final String ELSEWHERE = "dlv\\.tests\\.((launcher|examples)\\..*|device\\.OclgrindTest)";
  /** How long a class that was begun in time may go on after it. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  /** What failed, in a line. */
  record Failure(String test, String reason) {
    static Failure of(TestExecutionSummary.Failure failure) {
      return new Failure(failure.getTestIdentifier().getLegacyReportingName() + " of "
          + failure.getTestIdentifier().getUniqueId().replaceAll(".*\\[class:([^]]*)].*", "$1"),
          String.valueOf(failure.getException()).lines().findFirst().orElse(""));
    }

    Json toJson() {
      return Json.object().put("test", test).put("reason", reason).build();
    }
  }

  private final long started = System.nanoTime();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private long passed;
  private long skipped;

  private DeviceTests() {}

  /**
   * Runs all of them, class by class; what they print goes to this process's output.
   *
   * @param most when this has passed, no further class is begun; what is left is named
   * @param stopped is told the results, from another thread, if the last class does not end within the grace either
   */
  static DeviceTests run(Duration most, Consumer<DeviceTests> stopped) {
    var tests = new DeviceTests();
    Launcher launcher = LauncherFactory.create();
    for (Class<?> type : classes(launcher)) {
      if (tests.seconds() > most.toSeconds()) {
        tests.left.add(type.getSimpleName());
        continue;
      }
      Thread guard = tests.guard(type, most.plus(GRACE), stopped);
      var listener = new SummaryGeneratingListener();
      launcher.execute(request(DiscoverySelectors.selectClass(type)), listener);
      guard.interrupt();
      tests.add(type, listener.getSummary());
    }
    return tests;
  }

  private static Set<Class<?>> classes(Launcher launcher) {
    var request = request(DiscoverySelectors.selectClasspathRoots(roots()).toArray(DiscoverySelector[]::new));
    TestPlan plan = launcher.discover(request);
    var classes = new LinkedHashSet<Class<?>>();
    for (TestIdentifier root : plan.getRoots()) {
      plan.getChildren(root).forEach(test -> test.getSource().filter(ClassSource.class::isInstance)
          .ifPresent(source -> classes.add(((ClassSource) source).getJavaClass())));
    }
    return classes;
  }

  private static LauncherDiscoveryRequest request(DiscoverySelector... selectors) {
    return LauncherDiscoveryRequestBuilder.request().selectors(selectors)
        .filters(TagFilter.includeTags("opencl"), ClassNameFilter.excludeClassNamePatterns(ELSEWHERE)).build();
  }

  private Thread guard(Class<?> type, Duration most, Consumer<DeviceTests> stopped) {
    Thread guard = new Thread(() -> {
      try {
        Thread.sleep(Math.max(1, most.toMillis() - Math.round(seconds() * 1000)));
        failures.add(new Failure(type.getSimpleName(), "did not end"));
        stopped.accept(this);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "guard");
    guard.setDaemon(true);
    guard.start();
    return guard;
  }

  private void add(Class<?> type, TestExecutionSummary summary) {
    passed += summary.getTestsSucceededCount();
    skipped += summary.getTestsSkippedCount();
    summary.getFailures().forEach(failure -> failures.add(Failure.of(failure)));
    System.out.printf(Locale.ROOT, "%4d passed, %d failed in %.1f s: %s%n", summary.getTestsSucceededCount(),
        summary.getFailures().size(), (summary.getTimeFinished() - summary.getTimeStarted()) / 1000.0,
        type.getSimpleName());
  }

  /** The folders or jars that hold the runtime's tests and those of the whole. */
  private static Set<Path> roots() {
    var roots = new LinkedHashSet<Path>();
    for (Class<?> type : List.of(NeedsOpenCl.class, DeviceTests.class)) {
      try {
        roots.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return roots;
  }

  /** Whether there were tests, none failed, and none was left. */
  boolean hasPassed() {
    return passed > 0 && failures.isEmpty() && left.isEmpty();
  }

  private double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  Json toJson() {
    return Json.object().put("passed", passed).put("failed", failures.size()).put("skipped", skipped)
        .put("seconds", seconds()).put("failures", failures, Failure::toJson).put("left", left, Json.Text::new).build();
  }

  /** The counts, the first failures, and what there was no time for. */
  String text() {
    var out = new StringBuilder();
    failures.stream().limit(SHOWN).forEach(f ->
        out.append("FAILED  ").append(f.test()).append("\n        ").append(f.reason()).append('\n'));
    if (!left.isEmpty()) {
      out.append("no time was left for ").append(String.join(", ", left)).append(": give more with --minutes\n");
    }
    return out.append("device tests: ").append(passed).append(" passed, ").append(failures.size()).append(" failed, ")
        .append(skipped).append(" skipped\n").toString();
  }
}

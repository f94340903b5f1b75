package dlv.tests.kit;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.json.Json;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests that need a device, and how they went. */
final class DeviceTests {
  private static final int SHOWN = 20;

  /** What failed, in a line. */
  record Failure(String test, String reason) {
    Json toJson() {
      return Json.object().put("test", test).put("reason", reason).build();
    }
  }

  private final TestExecutionSummary summary;

  private DeviceTests(TestExecutionSummary summary) {
    this.summary = summary;
  }

  /** Runs all of them; what they print goes to this process's output. */
  static DeviceTests run() {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClasspathRoots(roots()))
        .filters(TagFilter.includeTags("opencl"),
            ClassNameFilter.excludeClassNamePatterns("dlv\\.tests\\.(launcher|examples)\\..*"))
        .build();
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return new DeviceTests(listener.getSummary());
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

  /** Whether there were tests, and none failed. */
  boolean hasPassed() {
    return summary.getTestsSucceededCount() > 0 && failures().isEmpty();
  }

  private List<Failure> failures() {
    return summary.getFailures().stream().map(f -> new Failure(
        f.getTestIdentifier().getLegacyReportingName() + " of " + parent(f.getTestIdentifier().getUniqueId()),
        String.valueOf(f.getException()).lines().findFirst().orElse(""))).toList();
  }

  private static String parent(String id) {
    return id.replaceAll(".*\\[class:([^]]*)].*", "$1");
  }

  private double seconds() {
    return (summary.getTimeFinished() - summary.getTimeStarted()) / 1000.0;
  }

  Json toJson() {
    return Json.object().put("passed", summary.getTestsSucceededCount()).put("failed", summary.getTestsFailedCount())
        .put("skipped", summary.getTestsSkippedCount()).put("seconds", seconds())
        .put("failures", failures(), Failure::toJson).build();
  }

  /** The counts, and the first failures. */
  String text() {
    var out = new StringBuilder();
    failures().stream().limit(SHOWN).forEach(f ->
        out.append("FAILED  ").append(f.test()).append("\n        ").append(f.reason()).append('\n'));
    return out.append("device tests: ").append(summary.getTestsSucceededCount()).append(" passed, ")
        .append(failures().size()).append(" failed, ").append(summary.getTestsSkippedCount()).append(" skipped\n")
        .toString();
  }
}

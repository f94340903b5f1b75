package dlv.needs;

import dlv.runtime.Device;
import dlv.runtime.opencl.DeviceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** A group of tests that needs something. */
enum Tier {
  OPENCL("opencl", "an OpenCL device", "./dlvc doctor sets up PoCL where it can, and says what to do where it cannot") {
    @Override
    Optional<String> missing() {
      try {
        return Device.list().isEmpty() ? Optional.of("no driver offers a device") : Optional.empty();
      } catch (DeviceException e) {
        return Optional.of(e.getMessage());
      }
    }
  },
  DATA("data", "the test data", "give their folder with -Ddlv.data=FOLDER") {
    @Override
    Optional<String> missing() {
      Path folder = Path.of(System.getProperty("dlv.data", ""));
      return Files.isDirectory(folder.resolve("mnist")) ? Optional.empty()
          : Optional.of(folder + " has no folder mnist");
    }
  };

  final String word;
  final String need;
  final String cure;
  private Optional<String> state;

  Tier(String word, String need, String cure) {
    this.word = word;
    this.need = need;
    this.cure = cure;
  }

  /** What is missing, where something is. */
  abstract Optional<String> missing();

  /** Whether a test of this tier runs; throws where it must run and cannot. */
  synchronized ConditionEvaluationResult evaluate() {
    if (state == null) {
      state = missing();
    }
    if (state.isEmpty()) {
      return ConditionEvaluationResult.enabled(need + " is there");
    }
    if (Arrays.asList(System.getProperty("dlv.require", "").split(",")).contains(word)) {
      throw new IllegalStateException("-Ddlv.require=" + word + ", but " + state.get() + ": " + cure);
    }
    return ConditionEvaluationResult.disabled(reason());
  }

  String reason() {
    return "needs " + need;
  }
}

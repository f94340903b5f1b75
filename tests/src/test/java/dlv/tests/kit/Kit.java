package dlv.tests.kit;

import dlv.runtime.Device;
import dlv.runtime.Doctor;
import dlv.runtime.json.Json;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * One part of the kit: {@code java dlv.tests.kit.Kit PART PROGRAMS WORK OUT}; the system property {@code minutes} says
 * how long the device tests may take.
 *
 * <p>Parts leave {@code PART.json} in the folder WORK; the report reads all that is there.
 */
final class Kit {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int DEVICE = 5;

  private Kit() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: Kit doctor|tests|speed|report PROGRAMS WORK OUT");
      System.exit(USAGE);
    }
    System.exit(run(args[0], Path.of(args[1]), Path.of(args[2]), Path.of(args[3])));
  }

  private static int run(String part, Path programs, Path work, Path out) throws IOException {
    try {
      return switch (part) {
        case "doctor" -> doctor(work);
        case "tests" -> tests(work);
        case "speed" -> speed(programs, work);
        case "report" -> report(work, out);
        default -> throw new IllegalArgumentException("there is no part " + part);
      };
    } catch (DeviceException e) {
      System.err.println("gpu-kit: " + e.getMessage() + "\n  " + e.help());
      return DEVICE;
    }
  }

  private static int doctor(Path work) {
    List<Doctor.Finding> findings = Doctor.examine();
    System.out.print(Doctor.text(findings));
    var json = Json.object().put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("findings", findings, Doctor.Finding::toJson);
    boolean works = findings.stream().noneMatch(f -> f.level() == Doctor.Level.FAULT);
    if (works) {
      try (Device device = Device.open()) {
        json.put("device", describe(device.info())).put("flavour", device.flavour());
      }
    }
    write(work, "doctor", json.build());
    return works ? PASSED : DEVICE;
  }

  private static Json describe(DeviceInfo info) {
    return Json.object().put("name", info.name()).put("vendor", info.vendor()).put("platform", info.platform())
        .put("kind", info.kind().name().toLowerCase(Locale.ROOT)).put("driver", info.driver())
        .put("language", info.language()).put("computeUnits", info.computeUnits())
        .put("globalMemory", info.globalMemory()).put("localMemory", info.localMemory())
        .put("maxAllocation", info.maxAllocation()).build();
  }

  private static int tests(Path work) {
    DeviceTests tests = DeviceTests.run(Duration.ofMinutes(Long.getLong("minutes", 5)), stopped -> {
      finish(stopped, work);
      Runtime.getRuntime().halt(FAILED);
    });
    finish(tests, work);
    return tests.hasPassed() ? PASSED : FAILED;
  }

  private static void finish(DeviceTests tests, Path work) {
    System.out.print(tests.text());
    System.out.flush();
    write(work, "tests", tests.toJson());
  }

  private static int speed(Path programs, Path work) throws IOException {
    try (Device device = Device.open()) {
      List<Measurement> rows = Speed.measure(device, programs.resolve("speed.dlv"), work);
      write(work, "speed", Json.object().put("rows", rows, Measurement::toJson).build());
      return rows.stream().allMatch(Measurement::succeeded) ? PASSED : FAILED;
    }
  }

  private static int report(Path work, Path out) throws IOException {
    Results results = Results.read(work);
    Files.writeString(out.resolve("results.json"), results.toJson().toText());
    Files.writeString(out.resolve("results.md"), results.toMarkdown());
    System.out.print(results.toMarkdown());
    return PASSED;
  }

  private static void write(Path work, String part, Json json) {
    try {
      Files.writeString(work.resolve(part + ".json"), json.toText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

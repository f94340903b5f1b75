package dlv.runtime;

import dlv.runtime.cache.CacheFolder;
import dlv.runtime.json.Json;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceInfo;
import dlv.runtime.opencl.OpenClDevice;
import dlv.runtime.opencl.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Examines what training needs on this machine, and says what to do about what is missing. */
public final class Doctor {
  private static final String NO_DRIVER = "install one: on Debian and Ubuntu  apt install pocl-opencl-icd  for the CPU, or the"
      + " OpenCL driver of the GPU's vendor; ./dlvc train sets up PoCL by itself where it can";

  private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  private final List<Finding> findings = new ArrayList<>();

  private Doctor() {}

  /** How serious a finding is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but not well. */
    WARNING,
    /** Does not work. */
    FAULT
  }

  /**
   * One thing that was looked at.
   *
   * @param level how serious it is
   * @param what what was looked at
   * @param found what was found
   * @param cure what to do; empty where nothing is wrong
   */
  public record Finding(Level level, String what, String found, String cure) {
    /** The finding as JSON. */
    public Json toJson() {
      return Json.object().put("level", level.name().toLowerCase(Locale.ROOT)).put("what", what).put("found", found)
          .put("cure", cure).build();
    }
  }

  /** Looks at everything; opens each device and runs a kernel on it. */
  public static List<Finding> examine() {
    Doctor doctor = new Doctor();
    doctor.java();
    doctor.cache();
    doctor.drivers();
    doctor.devices();
    return List.copyOf(doctor.findings);
  }

  /** The findings for people: a line each, and the cure below what is wrong. */
  public static String text(List<Finding> findings) {
    StringBuilder out = new StringBuilder();
    for (Finding f : findings) {
      String mark = switch (f.level) {
        case OK -> "ok      ";
        case WARNING -> "warning ";
        case FAULT -> "FAULT   ";
      };
      out.append(mark).append(f.what).append(": ").append(f.found.replace("\n", "\n          ")).append('\n');
      if (!f.cure.isEmpty()) {
        out.append("          -> ").append(f.cure.replace("\n", "\n          ")).append('\n');
      }
    }
    return out.toString();
  }

  private void java() {
    add(Level.OK, "Java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ") on "
        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
        + Runtime.getRuntime().availableProcessors() + " processors", "");
  }

  private void cache() {
    try {
      add(Level.OK, "cache folder", CacheFolder.named("native").getParent().toString(), "");
    } catch (IOException e) {
      add(Level.FAULT, "cache folder", String.valueOf(e.getMessage()), "set DLV_CACHE to a folder of your own");
    }
  }

  /** Why there is no device though there is a loader. */
  static DeviceException noDevice() {
    if (registered(vendors()).isEmpty()) {
      return new DeviceException(0, "no OpenCL driver is registered in " + vendors(), NO_DRIVER);
    }
    return new DeviceException(0, "the OpenCL drivers in " + vendors() + " offer no device",
        "a driver is incomplete or cannot start: raise the limit of memory (ulimit -v), let it write its cache"
            + " (POCL_CACHE_DIR), or " + NO_DRIVER);
  }

  private static Path vendors() {
    String chosen = System.getenv().getOrDefault("OCL_ICD_VENDORS", "");
    return chosen.isEmpty() ? VENDORS : Path.of(chosen);
  }

  private void drivers() {
    Path vendors = vendors();
    List<Path> files = registered(vendors);
    if (files.isEmpty()) {
      add(Level.WARNING, "OpenCL drivers", "none is registered in " + vendors, "");
    }
    for (Path file : files) {
      try {
        boolean list = file.toString().endsWith(".icd");
        add(Level.OK, "OpenCL driver", file + (list ? " names " + Files.readString(file).strip() : ""), "");
      } catch (IOException e) {
        add(Level.WARNING, "OpenCL driver", file + " cannot be read", "allow reading it: chmod +r " + file);
      }
    }
    boolean registered = files.stream().anyMatch(f -> f.toString().toLowerCase(Locale.ROOT).contains("nvidia"));
    if (Files.exists(NVIDIA) && !registered) {
      add(Level.WARNING, "NVIDIA driver", "installed, but not registered with OpenCL",
          "echo libnvidia-opencl.so.1 > " + VENDORS.resolve("nvidia.icd"));
    }
  }

  // The loader takes a folder of .icd files, one such file, or a driver's library.
  private static List<Path> registered(Path vendors) {
    if (!Files.isDirectory(vendors)) {
      return Files.exists(vendors) ? List.of(vendors) : List.of();
    }
    try (Stream<Path> files = Files.list(vendors)) {
      return files.filter(f -> f.toString().endsWith(".icd")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private void devices() {
    List<OpenClDevice> devices;
    try {
      devices = OpenClDevice.all();
    } catch (DeviceException e) {
      add(Level.FAULT, "OpenCL", e.getMessage(), e.help());
      return;
    }
    if (devices.isEmpty()) {
      add(Level.FAULT, "OpenCL", noDevice().getMessage(), noDevice().help());
    }
    devices.forEach(this::device);
    if (!devices.isEmpty() && !Device.divisionByZeroThrows()) {
      add(Level.WARNING, "signal handler", Device.SIGNAL_LOST, Device.SIGNAL_CURE);
    }
  }

  private void device(OpenClDevice device) {
    DeviceInfo info = device.info();
    String what = "device " + info.index();
    try (Context context = Context.open(device)) {
      SelfTest.run(context);
      add(Level.OK, what, info.line().strip() + "; " + info.language() + "; a kernel ran and was right", "");
    } catch (DeviceException e) {
      add(Level.FAULT, what, info.line().strip() + "; " + e.getMessage(), e.help());
    }
  }

  private void add(Level level, String what, String found, String cure) {
    findings.add(new Finding(level, what, found, cure));
  }
}

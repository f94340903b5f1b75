package dlv.runtime;

import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceInfo;
import dlv.runtime.opencl.OpenClDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An open OpenCL device.
 *
 * <p>Executables share it. Closing it closes everything on it; using it afterwards is an
 * {@link IllegalStateException}.
 */
public final class Device implements AutoCloseable {
  /** The environment variable that selects a device where the program does not. */
  public static final String SELECTOR = "DLV_DEVICE";
  /** The environment variable that selects a flavour other than the device's own: {@code gpu} on a CPU, for tests. */
  public static final String FLAVOUR = "DLV_FLAVOUR";

  static final String SIGNAL_LOST = "the OpenCL driver has replaced a signal handler of Java, so that integer division"
      + " by zero gives wrong numbers instead of an exception";
  static final String SIGNAL_CURE = "start Java with LD_PRELOAD=" + System.getProperty("java.home")
      + "/lib/libjsig.so, as the launcher dlvc does";

  private static final List<DeviceInfo.Kind> PREFERENCE =
      List.of(DeviceInfo.Kind.GPU, DeviceInfo.Kind.CPU, DeviceInfo.Kind.OTHER);

  // Not constants: the compiler would do the probe's division itself.
  private static volatile int seven = 7;
  private static volatile int zero;

  private final Context context;
  private final List<String> warnings = new ArrayList<>();
  private BuildListener listener;

  private Device(Context context) {
    this.context = context;
    if (!divisionByZeroThrows()) {
      warnings.add(SIGNAL_LOST + ": " + SIGNAL_CURE);
    }
  }

  /** All devices here; empty where no driver offers one, {@link DeviceException} where there is no OpenCL loader. */
  public static List<DeviceInfo> list() {
    return OpenClDevice.all().stream().map(OpenClDevice::info).toList();
  }

  /** Opens the device that {@code DLV_DEVICE} selects, else the first GPU, else the CPU. */
  public static Device open() {
    return open(System.getenv().getOrDefault(SELECTOR, ""));
  }

  /**
   * Opens a device.
   *
   * @param selector its index in {@link #list}, {@code cpu} or {@code gpu}, a part of its name, vendor or driver in
   *     upper or lower case, or empty for the best one
   * @throws DeviceException with the list of devices where none fits
   */
  public static Device open(String selector) {
    List<OpenClDevice> all = OpenClDevice.all();
    if (all.isEmpty()) {
      throw Doctor.noDevice();
    }
    OpenClDevice chosen = all.stream().filter(d -> fits(d.info(), selector.strip().toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(d -> PREFERENCE.indexOf(d.info().kind())))
        .orElseThrow(() -> new DeviceException(0, "no device fits \"" + selector + "\"",
            "choose one of these by number, kind or a part of its name:\n" + all.stream()
                .map(d -> "  " + d.info().line()).collect(Collectors.joining("\n"))));
    return new Device(Context.open(chosen));
  }

  private static boolean fits(DeviceInfo info, String selector) {
    if (selector.matches("[0-9]+")) {
      return selector.equals(Integer.toString(info.index()));
    }
    if (selector.equals("cpu") || selector.equals("gpu")) {
      return info.kind().name().equalsIgnoreCase(selector);
    }
    return (info.name() + "\n" + info.vendor() + "\n" + info.platform()).toLowerCase(Locale.ROOT).contains(selector);
  }

  static boolean divisionByZeroThrows() {
    try {
      return seven / zero == Integer.MIN_VALUE;
    } catch (ArithmeticException e) {
      return true;
    }
  }

  /** What the driver says about it. */
  public DeviceInfo info() {
    return context.info();
  }

  /** The flavour of kernels to use on it: {@code cpu-batch} for a CPU, {@code gpu} for all else. */
  public String flavour() {
    String wanted = System.getenv().getOrDefault(FLAVOUR, "");
    return wanted.isBlank() ? info().flavour() : wanted.strip();
  }

  /** What is wrong with the process around it, each with its cure; often empty. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Bytes of all buffers on it. */
  public long allocatedBytes() {
    return context.allocatedBytes();
  }

  /** Has {@code listener} told while kernels are built from now on; each is then waited for at its first launch. */
  public void tellBuilds(BuildListener listener) {
    this.listener = listener;
  }

  Optional<BuildListener> listener() {
    return Optional.ofNullable(listener);
  }

  Context context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}

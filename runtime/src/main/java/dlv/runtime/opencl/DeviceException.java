package dlv.runtime.opencl;

/** Something is wrong with a device, its driver or a kernel: exit code 5. {@link #help} says the way out. */
public class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int code;
  private final String help;

  /**
   * A fault.
   *
   * @param code the driver's error code, negative; 0 where the driver had no say
   * @param problem what went wrong, in one line
   * @param help what the user can do about it
   */
  public DeviceException(int code, String problem, String help) {
    super(problem);
    this.code = code;
    this.help = help;
  }

  /** The driver's error code; 0 where there is none. */
  public int code() {
    return code;
  }

  /** The way out. */
  public String help() {
    return help;
  }
}

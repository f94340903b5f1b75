package dlv.runtime.opencl;

/** The device cannot hold what is asked of it: exit code 7. */
public final class DeviceOutOfMemory extends DeviceException {
  private static final long serialVersionUID = 1;

  /** A fault; see {@link DeviceException}. */
  public DeviceOutOfMemory(int code, String problem, String help) {
    super(code, problem, help);
  }
}

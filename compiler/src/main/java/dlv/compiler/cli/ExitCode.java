package dlv.compiler.cli;

/** How a command ended, for scripts: the codes stay the same between versions. */
public enum ExitCode {
  OK(0),
  /** A bug of dlvc. */
  INTERNAL(1),
  /** An unknown command or option, or a value that an option does not take. */
  USAGE(2),
  /** The {@code .dlv} source has errors. */
  SOURCE(3),
  /** A data or model file is missing or wrong. */
  DATA(4),
  /** No device, or one that failed. */
  DEVICE(5),
  /** Training diverged. */
  DIVERGED(6),
  /** The device has too little memory. */
  DEVICE_MEMORY(7),
  /** A kernel did not end, and the watchdog stopped it. */
  WATCHDOG(75),
  /** Ctrl-C or a signal; what had been reached is saved. */
  INTERRUPTED(130),
  /** Nobody reads the output any more, as after {@code | head}. */
  OUTPUT_CLOSED(141);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** What the process returns. */
  public int code() {
    return code;
  }
}

package dlv.compiler.emit.java;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Generated files cannot be written as asked; nothing has changed on the disk. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String help;

  /**
   * @param message what is wrong, in one line
   * @param help what the user can do about it
   */
  public OutputException(String message, String help) {
    super(message, null, false, true);
    this.help = help;
  }

  /** The operating system refused. */
  static OutputException io(Path place, IOException cause) {
    String choose = "choose another folder with --out";
    if (cause instanceof AccessDeniedException denied) {
      return new OutputException(denied.getFile() + ": permission denied", choose + ", or allow writing there");
    }
    String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return new OutputException(place + " cannot be written: "
        + (reason == null ? cause.getClass().getSimpleName() : reason), choose);
  }

  /** The way out, for people. */
  public String help() {
    return help;
  }
}

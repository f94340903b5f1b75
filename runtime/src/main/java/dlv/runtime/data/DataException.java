package dlv.runtime.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Something is wrong with a file of data or weights, or with the choice of it: exit code 4.
 *
 * <p>The message has the form {@code file:place: problem}; {@link #help} says the way out.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String file;
  private final String place;
  private final String problem;
  private final String help;

  /**
   * A fault at a place of a file.
   *
   * @param file the file or folder as the user knows it; empty where there is none
   * @param place {@code byte 16} or {@code 12:7} (line and column); empty where the whole file is meant
   * @param problem what is wrong, in one line
   * @param help what the user can do about it
   */
  public DataException(String file, String place, String problem, String help) {
    super((file.isEmpty() ? "" : file + ":" + (place.isEmpty() ? "" : place + ":") + " ") + problem);
    this.file = file;
    this.place = place;
    this.problem = problem;
    this.help = help;
  }

  /** A fault of the whole file or folder. */
  public static DataException of(Path file, String problem, String help) {
    return new DataException(file.toString(), "", problem, help);
  }

  /** A fault at a byte of a file. */
  public static DataException atByte(Path file, long offset, String problem, String help) {
    return new DataException(file.toString(), "byte " + offset, problem, help);
  }

  /** A fault at a line and column of a text file, both from 1. */
  public static DataException atLine(Path file, long line, long column, String problem, String help) {
    return new DataException(file.toString(), line + ":" + column, problem, help);
  }

  /** The operating system refused to read or write. */
  public static DataException io(Path file, IOException cause) {
    DataException e;
    if (cause instanceof NoSuchFileException) {
      e = of(file, "there is no such file or folder", "check the path; it is taken from the folder of the .dlv file"
          + " or, on the command line, from the current one");
    } else if (cause instanceof AccessDeniedException) {
      e = of(file, "permission denied", "allow reading it, for example with chmod +r");
    } else {
      String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      e = of(file, "it cannot be read or written (" + reason + ")", "check the disk and the path");
    }
    e.initCause(cause);
    return e;
  }

  /** The file or folder, empty where there is none. */
  public String file() {
    return file;
  }

  /** The place in the file, empty where the whole of it is meant. */
  public String place() {
    return place;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** The way out. */
  public String help() {
    return help;
  }
}

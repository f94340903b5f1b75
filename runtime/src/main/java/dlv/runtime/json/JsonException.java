package dlv.runtime.json;

/** A text that is not JSON, or JSON that is not of the expected form. */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** A fault with its place in the message. */
  public JsonException(String message) {
    super(message);
  }
}

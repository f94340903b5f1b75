package dlv.compiler.diagnostic;

/** The few ways in which text stands out on a terminal that knows colours (ECMA-48, "SGR"). */
enum Style {
  ERROR("1;31"),
  WARNING("1;33"),
  STRONG("1"),
  GUTTER("34"),
  HELP("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style, or as it is where colours are not wanted. */
  String paint(String text, boolean colour) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}

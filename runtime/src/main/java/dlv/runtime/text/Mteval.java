package dlv.runtime.text;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a text as mteval-v13a cuts them, and sacrebleu by default: what figures of BLEU that compare are over. */
public final class Mteval {
  private static final Pattern SIGN = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern BEHIND_OTHERS = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_OTHERS = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_BEHIND_DIGIT = Pattern.compile("([0-9])(-)");

  private Mteval() {}

  /** The words of a text of one language that is written with spaces. */
  public static List<String> split(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ').replace("&quot;", "\"")
        .replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    line = SIGN.matcher(" " + line + " ").replaceAll(" $1 ");
    line = BEHIND_OTHERS.matcher(line).replaceAll("$1 $2 ");
    line = BEFORE_OTHERS.matcher(line).replaceAll(" $1 $2");
    line = DASH_BEHIND_DIGIT.matcher(line).replaceAll("$1 $2 ").strip();
    return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
  }
}

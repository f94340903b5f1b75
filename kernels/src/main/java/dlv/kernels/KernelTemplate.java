package dlv.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with seams. {@code ${name}} is replaced; the lines between {@code //@ for name in a b c} and {@code //@ end} are
 * repeated, once for each word, with {@code ${name}} standing for it. Other lines that begin with {@code //@} are notes
 * on the skeleton and are left out.
 */
public final class KernelTemplate {
  private static final Pattern SEAM = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern FOR = Pattern.compile("\\s*//@ for (\\w+) in (.+)");

  private final String name;
  private final List<String> lines;

  private KernelTemplate(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** The skeleton {@code name}.cl of this module; {@link IllegalArgumentException} where there is none. */
  public static KernelTemplate named(String name) {
    try (InputStream in = KernelTemplate.class.getResourceAsStream("/dlv/kernels/" + name + ".cl")) {
      if (in == null) {
        throw new IllegalArgumentException("no skeleton " + name);
      }
      return new KernelTemplate(name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A skeleton from text. */
  public static KernelTemplate of(String name, String text) {
    return new KernelTemplate(name, text.lines().toList());
  }

  /** The text with its seams filled; {@link IllegalArgumentException} where seams and {@code values} do not match. */
  public String fill(Map<String, String> values) {
    var out = new StringBuilder();
    var used = new HashSet<String>();
    expand(0, lines.size(), values, used, out);
    if (!used.containsAll(values.keySet())) {
      throw new IllegalArgumentException("the skeleton " + name + " has seams " + used + ", not " + values.keySet());
    }
    return out.toString();
  }

  private void expand(int from, int to, Map<String, String> values, Set<String> used, StringBuilder out) {
    for (int i = from; i < to; i++) {
      Matcher loop = FOR.matcher(lines.get(i));
      if (loop.matches()) {
        int end = end(i + 1, to);
        for (String word : loop.group(2).trim().split("\\s+")) {
          var inner = new java.util.HashMap<>(values);
          inner.put(loop.group(1), word);
          expand(i + 1, end, inner, used, out);
        }
        i = end;
      } else if (!lines.get(i).stripLeading().startsWith("//@")) {
        out.append(filled(lines.get(i), values, used)).append('\n');
      }
    }
  }

  private int end(int from, int to) {
    int depth = 1;
    for (int i = from; i < to; i++) {
      depth += FOR.matcher(lines.get(i)).matches() ? 1 : lines.get(i).strip().equals("//@ end") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("the skeleton " + name + " lacks an end");
  }

  private String filled(String line, Map<String, String> values, Set<String> used) {
    var missing = new ArrayList<String>();
    String text = SEAM.matcher(line).replaceAll(match -> {
      used.add(match.group(1));
      String value = values.get(match.group(1));
      if (value == null) {
        missing.add(match.group(1));
        return "";
      }
      return Matcher.quoteReplacement(value);
    });
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the skeleton " + name + " has seams without text: " + missing);
    }
    return text;
  }
}

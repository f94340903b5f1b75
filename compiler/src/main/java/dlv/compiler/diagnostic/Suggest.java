package dlv.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds what somebody probably meant.
 *
 * <p>Names are near when they differ by few insertions, deletions, substitutions or swaps of neighbours (Damerau, 1964;
 * the restricted form), whatever their case: none in a name of one letter, one in a short name, about a third of the
 * letters in a long one. A name that goes on after what was written is one change away.
 */
public final class Suggest {

  private static final int MOST = 3;

  private Suggest() {}

  /** The names near {@code written}, nearest first, at most three. */
  public static List<String> near(String written, Collection<String> names) {
    record Candidate(String name, int distance) {}
    int letters = written.codePointCount(0, written.length());
    int allowed = Math.max(letters > 1 ? 1 : 0, Math.min(letters, 12) / 3);
    List<Candidate> near = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      int distance = letters > 2 && name.startsWith(written) ? 1 : distance(written, name);
      boolean shareSomething = distance < Math.max(written.length(), name.length());
      if (distance <= allowed && shareSomething && !name.equals(written)) {
        near.add(new Candidate(name, distance));
      }
    }
    near.sort(Comparator.comparingInt(Candidate::distance));
    return near.stream().limit(MOST).map(Candidate::name).toList();
  }

  /** {@code did you mean `a` or `b`?}, or nothing when no name is near. */
  public static Optional<String> question(String written, Collection<String> names) {
    List<String> near = near(written, names);
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of("did you mean " + oneOf(near) + "?");
  }

  /** Adds the question to a diagnostic as a help that replaces the place, if any name is near. */
  public static Diagnostic help(Diagnostic diagnostic, String written, Collection<String> names) {
    return question(written, names)
        .map(text -> diagnostic.help(text, diagnostic.span(), near(written, names).get(0)))
        .orElse(diagnostic);
  }

  private static String oneOf(List<String> names) {
    List<String> quoted = names.stream().map(name -> "`" + name + "`").toList();
    int last = quoted.size() - 1;
    return last == 0
        ? quoted.get(0)
        : quoted.stream().limit(last).collect(Collectors.joining(", ")) + " or " + quoted.get(last);
  }

  /** The number of edits between two names, whatever their case. */
  static int distance(String left, String right) {
    int[] a = left.toLowerCase(Locale.ROOT).codePoints().toArray();
    int[] b = right.toLowerCase(Locale.ROOT).codePoints().toArray();
    int[][] d = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length; j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        int change = a[i - 1] == b[j - 1] ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length][b.length];
  }
}

package dlv.compiler.repair;

import dlv.compiler.diagnostic.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A change that may mend a file.
 *
 * @param text what it does, as a help says it
 * @param edits where it does it; they do not overlap
 */
record Way(String text, List<Edit> edits) {
  Way {
    edits = List.copyOf(edits);
  }

  Way(String text, Edit edit) {
    this(text, List.of(edit));
  }

  /** This way and another at once. */
  Way with(Way other, String both) {
    List<Edit> all = new ArrayList<>(edits);
    all.addAll(other.edits);
    return new Way(both, all);
  }

  /** The text of a file after the change. */
  String applied(String source) {
    var out = new StringBuilder(source);
    edits.stream().sorted(Comparator.comparing((Edit edit) -> edit.span().start()).reversed())
        .forEach(edit -> out.replace(edit.span().start(), edit.span().end(), edit.replacement()));
    return out.toString();
  }

  /** Where that lies now which lay at {@code offset}, behind the beginning of what is replaced. */
  int moved(int offset) {
    return offset + edits.stream().filter(edit -> edit.span().start() < offset)
        .mapToInt(edit -> edit.replacement().length() - edit.span().text().length()).sum();
  }

  /** One edit from the first place that changes to the last. */
  Edit edit() {
    var file = edits.get(0).span().file();
    int start = edits.stream().mapToInt(edit -> edit.span().start()).min().orElseThrow();
    int end = edits.stream().mapToInt(edit -> edit.span().end()).max().orElseThrow();
    String after = applied(file.text());
    int kept = file.text().length() - end;
    return new Edit(file.span(start, end), after.substring(start, after.length() - kept));
  }
}

package dlv.compiler.cli;

import dlv.compiler.diagnostic.Edit;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.source.SourceFile;
import java.util.List;

/**
 * A file before and after an edit, and the lines in which they differ.
 *
 * @param first the first line that differs, from 1
 */
record Change(String after, int first, List<String> removed, List<String> added) {

  static Change of(Edit edit) {
    SourceFile file = edit.span().file();
    String before = file.text();
    String after = before.substring(0, edit.span().start()) + edit.replacement() + before.substring(edit.span().end());
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int head = 0;
    while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(old.size(), now.size()) - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    return new Change(after, head + 1, old.subList(head, old.size() - tail), now.subList(head, now.size() - tail));
  }

  /** {@code - old line} and {@code + new line}, each after its number. */
  String text(String indent) {
    var out = new StringBuilder();
    for (int i = 0; i < removed.size(); i++) {
      out.append(indent).append(first + i).append(" - ").append(TextRenderer.printable(removed.get(i))).append('\n');
    }
    for (int i = 0; i < added.size(); i++) {
      out.append(indent).append(first + i).append(" + ").append(TextRenderer.printable(added.get(i))).append('\n');
    }
    return out.toString();
  }
}

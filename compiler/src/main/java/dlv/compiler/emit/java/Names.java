package dlv.compiler.emit.java;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that are given once: the second who wants one gets it with a number. */
final class Names {
  private final Set<String> taken;

  /** @param taken names that nobody gets */
  Names(Set<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /** {@code wanted}, or {@code wanted_2} where that is taken, and so on. */
  String unique(String wanted) {
    String name = wanted;
    for (int n = 2; !taken.add(name); n++) {
      name = wanted + "_" + n;
    }
    return name;
  }

  /** A name for each, in order. */
  List<String> unique(List<String> wanted) {
    var names = new ArrayList<String>();
    wanted.forEach(name -> names.add(unique(name)));
    return names;
  }
}

package dlv.compiler.layout;

import dlv.compiler.ir.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/** The storage of every value that some kernel of a schedule reads or writes. */
public record Layouts(Flavour flavour, Map<Node, Storage> storages) {
  public Layouts {
    storages = Collections.unmodifiableMap(new IdentityHashMap<>(storages));
  }

  /** Where {@code node} lies; {@link IllegalArgumentException} where it is not stored. */
  public Storage of(Node node) {
    Storage storage = storages.get(node);
    if (storage == null) {
      throw new IllegalArgumentException("not stored: " + node);
    }
    return storage;
  }
}

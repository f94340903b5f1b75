package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One call of a network without tensors: its options, its weights, and the instances made inside it.
 *
 * <p>Applying it again finds the same instances and weights: they are known by place in the text and turn of
 * {@code repeat}.
 */
final class Instance {
  /** A call in the text, in one turn of each {@code repeat} around it. */
  record Key(Span call, List<Integer> turns) {}

  /** A dimension that a weight's shape uses, as the first application found it. */
  record Fitted(Size size, Span call, String input) {}

  private final Declaration declaration;
  private Map<String, Value> options;
  private Map<String, Size> dims;
  private final Span call;
  private final Instance parent;
  private final Map<Key, Instance> children = new LinkedHashMap<>();
  private final Map<String, Integer> ordinals = new LinkedHashMap<>();
  private final Map<String, StateInfo> states = new LinkedHashMap<>();
  private final Map<String, Fitted> fitted = new LinkedHashMap<>();
  private final Map<String, Size> seen = new LinkedHashMap<>();
  private final List<StateInfo> all;
  private String name;
  private boolean renamable = true;

  /**
   * @param declaration null for a train block, which owns the instances it makes
   * @param options static parameters given in the call
   * @param dims dimensions given by name
   */
  Instance(Declaration declaration, Map<String, Value> options, Map<String, Size> dims, Span call, Instance parent) {
    this.declaration = declaration;
    this.options = options;
    this.dims = dims;
    this.call = call;
    this.parent = parent;
    this.all = parent == null ? new ArrayList<>() : parent.all;
    this.name = "";
  }

  Declaration declaration() {
    return declaration;
  }

  Map<String, Value> options() {
    return options;
  }

  Map<String, Size> dims() {
    return dims;
  }

  /** The options as the call gives them when it is met again, from which weights may not differ. */
  void give(Map<String, Value> newOptions, Map<String, Size> newDims) {
    options = newOptions;
    dims = newDims;
  }

  Span call() {
    return call;
  }

  Instance parent() {
    return parent;
  }

  /** The instance made at this place, or nothing. */
  Instance child(Key key) {
    return children.get(key);
  }

  void child(Key key, Instance child) {
    children.put(key, child);
  }

  /** Names an instance that has no name yet; later names change nothing. */
  void name(String given) {
    if (renamable) {
      name = given;
      renamable = false;
    }
  }

  /** How weights call it: {@code net.conv2d1}; the root of a network on its own has the empty path. */
  String path() {
    if (renamable && parent != null) {
      String word = declaration.name().toLowerCase(Locale.ROOT);
      name(word + parent.ordinals.merge(word, 1, Integer::sum));
    }
    String before = parent == null ? "" : parent.path();
    return before.isEmpty() ? name : name.isEmpty() ? before : before + "." + name;
  }

  /** The path of something that it owns. */
  String path(String owned) {
    String path = path();
    return path.isEmpty() ? owned : path + "." + owned;
  }

  /** An instance of the same declaration with the same options, made at another place with states of its own. */
  Instance another(Instance owner, Key key) {
    Instance known = owner.child(key);
    if (known != null && known.declaration == declaration) {
      known.give(options, dims);
      return known;
    }
    Instance made = new Instance(declaration, options, dims, key.call(), owner);
    owner.child(key, made);
    return made;
  }

  /** The instance around all others, which stands for a model. */
  Instance root() {
    return parent == null ? this : parent.root();
  }

  StateInfo state(String owned) {
    return states.get(owned);
  }

  void state(String owned, StateInfo state) {
    states.put(owned, state);
    all.add(state);
  }

  /** Its own states, by name. */
  Map<String, StateInfo> states() {
    return states;
  }

  /** All states below the root, in the order of their first use. */
  List<StateInfo> allStates() {
    return all;
  }

  /** All dimensions as the first application found them. */
  Map<String, Size> seen() {
    return seen;
  }

  Fitted fitted(String dim) {
    return fitted.get(dim);
  }

  void fit(String dim, Fitted found) {
    fitted.putIfAbsent(dim, found);
  }
}

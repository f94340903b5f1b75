package dlv.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call by what they fill. */
final class Bound {
  final List<Given> inputs = new ArrayList<>();
  final Map<String, Value> options = new LinkedHashMap<>();
  final Map<String, Size> dims = new LinkedHashMap<>();

  /** The states of a cell that the application begins with values of its own. */
  final Map<String, Given> states = new LinkedHashMap<>();
}

package dlv.runtime.weights;

import dlv.runtime.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the tensors of a file differ from those a network wants. */
final class Mismatch {
  private static final int SHOWN = 10;

  private Mismatch() {}

  static void check(Path file, Map<String, List<Long>> wanted, List<Layout.Place> found) {
    Map<String, Layout.Place> rest = new HashMap<>();
    found.forEach(p -> rest.put(p.name(), p));
    List<String> lines = new ArrayList<>();
    int missing = 0;
    int differ = 0;
    for (Map.Entry<String, List<Long>> want : wanted.entrySet()) {
      Layout.Place place = rest.remove(want.getKey());
      String wish = Tensor.describe(want.getKey(), Dtype.F32, want.getValue());
      if (place == null) {
        missing++;
        lines.add("missing: " + wish);
      } else if (place.dtype() != Dtype.F32 || !place.shape().equals(want.getValue())) {
        differ++;
        lines.add("differs: " + wish + " is " + Tensor.describe("", place.dtype(), place.shape()).trim()
            + " in the file");
      }
    }
    for (Layout.Place place : found) {
      if (rest.containsKey(place.name())) {
        lines.add("extra:   " + place);
      }
    }
    if (!lines.isEmpty()) {
      String more = lines.size() > SHOWN ? "\n  and " + (lines.size() - SHOWN) + " more" : "";
      throw DataException.of(file, "these are weights of another network: " + missing + " missing, " + rest.size()
          + " extra, " + differ + " of another shape or type",
          "take the weights that this network was trained to\n  "
              + String.join("\n  ", lines.subList(0, Math.min(SHOWN, lines.size()))) + more);
    }
  }
}

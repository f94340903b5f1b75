package dlv.compiler.summary;

import dlv.compiler.check.TensorType;
import dlv.compiler.type.Dim;
import dlv.runtime.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Summaries for machines: {@code networks[].{name, parameters, multiplyAdds, activationBytes, layers[].{name, kind,
 * depth, output, parameters, formula, multiplyAdds, activationBytes, receptiveField}}}. Layers of depth 0
 * add up to the network; those inside another are part of it.
 *
 * <p>A number that depends on a dimension without a value is a text with its formula ({@code "m*n+n*n"}). A receptive
 * field is a list of one number for each spatial axis, or null where a layer does not look at the first input.
 */
public final class SummaryJson {

  private static final int VERSION = 1;

  private SummaryJson() {}

  /** The summaries as one line of JSON, with a line end. */
  public static String of(List<NetworkSummary> networks) {
    return Json.object().put("version", VERSION).put("networks", networks, SummaryJson::network).build().toLine() + "\n";
  }

  private static Json network(NetworkSummary network) {
    return Json.object()
        .put("name", network.name())
        .put("parameters", number(network.parameters()))
        .put("multiplyAdds", number(network.multiplyAdds()))
        .put("activationBytes", number(network.activationBytes()))
        .put("layers", network.layers(), SummaryJson::layer)
        .build();
  }

  private static Json layer(LayerSummary layer) {
    return Json.object()
        .put("name", layer.name())
        .put("kind", layer.kind())
        .put("depth", layer.depth())
        .put("output", layer.outputs().stream().map(TensorType::text).collect(Collectors.joining(", ")))
        .put("parameters", number(layer.parameters()))
        .put("formula", layer.formula())
        .put("multiplyAdds", number(layer.multiplyAdds()))
        .put("activationBytes", number(layer.activationBytes()))
        .put("receptiveField", layer.receptiveField()
            .map(extents -> Json.of(extents.stream().map(SummaryJson::number).toList()))
            .orElseGet(Json.Null::new))
        .build();
  }

  private static Json number(Dim dim) {
    return dim.isConstant() ? Json.of(dim.value()) : Json.of(dim.formula());
  }
}

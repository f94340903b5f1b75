package dlv.compiler.summary;

import dlv.compiler.check.Application;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TensorType;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network and its layers.
 *
 * @param parameters how many weights it has
 * @param multiplyAdds products for one example
 * @param activationBytes bytes of the answers of all layers for one example
 */
public record NetworkSummary(
    String name, Dim parameters, Dim multiplyAdds, Dim activationBytes, List<LayerSummary> layers) {

  private static final int IMAGE_RANK = 3;

  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /** The summary of a network. */
  public static NetworkSummary of(NetworkProgram network) {
    List<Node> results = network.results().stream().map(Port::node).toList();
    List<LayerSummary> layers = new Layers(network, results).all();
    Dim bytes = layers.stream().filter(layer -> layer.depth() == 0)
        .map(LayerSummary::activationBytes).reduce(Dim.ZERO, Dim::plus);
    return new NetworkSummary(
        network.name(), network.parameters(), multiplyAdds(Graph.topological(results)), bytes, layers);
  }

  /** The products of all contractions: the sizes of all their labels, multiplied; those of a loop in every step. */
  private static Dim multiplyAdds(List<Node> nodes) {
    Dim sum = Dim.ZERO;
    for (Node node : nodes) {
      if (node.op() instanceof Op.Contract contract) {
        Dim products = node.shape().elements();
        for (int i = 0; i < contract.a().size(); i++) {
          boolean summed = !contract.out().contains(contract.a().get(i));
          products = summed ? products.times(node.operand(0).dim(i)) : products;
        }
        sum = sum.plus(products);
      }
    }
    for (var told : Loop.told(nodes).entrySet()) {
      sum = sum.plus(multiplyAdds(told.getKey().nodes(told.getValue())).times(told.getKey().length()));
    }
    return sum;
  }

  /** Walks the tree of applications; what the library does inside is part of its layer. */
  private static final class Layers {
    private final List<LayerSummary> layers = new ArrayList<>();
    private final Set<Node> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Application root;
    private final Optional<FieldOfView> views;
    private final int firstSpatialAxis;

    Layers(NetworkProgram network, List<Node> results) {
      this.root = network.application();
      Optional<Node> seen = network.inputs().stream().map(Port::node).findFirst();
      this.views = seen.map(input -> new FieldOfView(input, results));
      this.firstSpatialAxis = seen.filter(input -> input.rank() == IMAGE_RANK).isPresent() ? 1 : 0;
    }

    List<LayerSummary> all() {
      root.children().forEach(child -> add(child, 0));
      addOwn();
      return layers;
    }

    /** What the network does itself, beside the layers it applies, where that costs anything. */
    private void addOwn() {
      List<Node> own = Graph.topological(root.results()).stream()
          .filter(node -> node.origin().path().equals(root.path())).toList();
      Dim products = multiplyAdds(own);
      if (root.weights().isEmpty() && products.equals(Dim.ZERO)) {
        return;
      }
      layers.add(new LayerSummary("own", root.network(), root.call(), root.span(), 0, root.outputs(),
          elements(root.weights()), formula(root.weights()), products, Dim.ZERO, field(root)));
    }

    private void add(Application application, int depth) {
      if (application.isOfLibrary()) {
        return;
      }
      List<StateInfo> weights = application.allWeights();
      layers.add(new LayerSummary(
          application.path(),
          application.network(),
          application.call(),
          application.span(),
          depth,
          application.outputs(),
          elements(weights),
          formula(weights),
          multiplyAdds(own(application)).times(application.repeats()),
          application.outputs().stream().map(Layers::bytes).reduce(Dim.ZERO, Dim::plus).times(application.repeats()),
          field(application)));
      application.children().forEach(child -> add(child, depth + 1));
    }

    private static Dim elements(List<StateInfo> weights) {
      return weights.stream().map(weight -> weight.shape().elements()).reduce(Dim.ZERO, Dim::plus);
    }

    /** Equal terms are counted: {@code 4·m·n + 4·n}. */
    private static String formula(List<StateInfo> weights) {
      Map<String, Integer> terms = new LinkedHashMap<>();
      weights.forEach(weight -> terms.merge(factors(weight), 1, Integer::sum));
      return terms.entrySet().stream()
          .map(term -> term.getValue() == 1 ? term.getKey() : term.getValue() + "·" + term.getKey())
          .collect(Collectors.joining(" + "));
    }

    private static String factors(StateInfo weight) {
      return weight.shape().rank() == 0
          ? "1"
          : weight.shape().dims().stream()
              .map(dim -> dim.text().contains(" ") ? "(" + dim.text() + ")" : dim.text())
              .collect(Collectors.joining("·"));
    }

    private static Dim bytes(TensorType type) {
      return type.shape().elements().times(type.element().bytes());
    }

    /** The nodes of an application that belong to no earlier one of the same instance. */
    private List<Node> own(Application application) {
      String path = application.path();
      List<Node> own = Graph.topological(application.results()).stream()
          .filter(node -> node.origin().path().equals(path) || node.origin().path().startsWith(path + "."))
          .filter(node -> !counted.contains(node))
          .toList();
      boolean isLeaf = application.children().stream().allMatch(Application::isOfLibrary);
      if (isLeaf) {
        counted.addAll(own);
      }
      return own;
    }

    private Optional<List<Dim>> field(Application application) {
      if (views.isEmpty() || application.results().isEmpty()) {
        return Optional.empty();
      }
      return views.get().of(application.results().get(0))
          .map(extents -> extents.subList(Math.min(firstSpatialAxis, extents.size()), extents.size()));
    }
  }
}

package dlv.compiler.summary;

import dlv.compiler.check.TensorType;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import java.util.List;
import java.util.Optional;

/**
 * One layer: an application that the user's files write down, or {@code own}, what the network does beside them.
 *
 * @param name the path of the instance: {@code conv2d1}
 * @param kind the name of the declaration: {@code Conv2D}
 * @param call the application as it is written
 * @param depth how many applications it stands in; 0 for those of the network itself
 * @param parameters how many weights it owns, its inner ones included, those of an earlier application not
 * @param formula how they come about: {@code 6·1·5·5 + 6}; empty without weights
 * @param multiplyAdds products in one application to one example
 * @param activationBytes bytes of its answer
 * @param receptiveField over how many places of each spatial axis of the network's first input it looks
 */
public record LayerSummary(
    String name,
    String kind,
    String call,
    Span span,
    int depth,
    List<TensorType> outputs,
    Dim parameters,
    String formula,
    Dim multiplyAdds,
    Dim activationBytes,
    Optional<List<Dim>> receptiveField) {

  public LayerSummary {
    outputs = List.copyOf(outputs);
  }
}

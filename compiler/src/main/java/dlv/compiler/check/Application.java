package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * One application of a network, and those inside it.
 *
 * @param path the instance: {@code conv2d1}, {@code stage1.conv2d2}; empty for the network itself
 * @param network the name of the declaration
 * @param call the application as it is written, {@code Dense(120)}
 * @param span the call
 * @param weights the instance's own weights, without those of its children; empty from the second application on
 * @param results the nodes that come out
 * @param repeats how often this is done for one example: more than once inside a cell
 */
public record Application(
    String path,
    String network,
    String call,
    Span span,
    List<TensorType> inputs,
    List<TensorType> outputs,
    List<StateInfo> weights,
    List<Application> children,
    List<Node> results,
    Dim repeats) {

  public Application {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    weights = List.copyOf(weights);
    children = List.copyOf(children);
    results = List.copyOf(results);
  }

  /** Whether a file of the library writes it down, and not one of the user's. */
  public boolean isOfLibrary() {
    return span.file().name().startsWith("std/");
  }

  /** Its own weights and those of its children. */
  public List<StateInfo> allWeights() {
    List<StateInfo> all = new ArrayList<>(weights);
    children.forEach(child -> all.addAll(child.allWeights()));
    return all;
  }
}

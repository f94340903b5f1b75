package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Stores what an anchor's elements reach, each place of a result once. */
final class Stores {
  private final Code code;
  private final Elements elements;
  private final Node anchor;
  private final List<Node> results;
  private final List<Reach> reaches;
  private final Set<String> stored = new HashSet<>();

  Stores(Kernel kernel, Node anchor, List<Node> results, Code code, Signature signature, Elements elements) {
    Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
    body.addAll(kernel.body());
    this.code = code;
    this.elements = elements;
    this.anchor = anchor;
    this.results = results;
    this.reaches = results.stream().map(result -> Reach.between(anchor, result, body, signature)).toList();
    elements.seal(anchor);
  }

  /** Stores all that the anchor's element at {@code at} reaches. */
  void store(List<Index> at, Value value) {
    elements.accumulator(anchor, at, value);
    for (int i = 0; i < results.size(); i++) {
      Node result = results.get(i);
      for (Reach.Target target : reaches.get(i).targets(at)) {
        if (stored.add(i + target.at().toString())) {
          Runnable write = () ->
              elements.memory().store(result, target.at(), elements.element(result, target.at()), null);
          if (target.test().holds()) {
            write.run();
          } else {
            code.within("if (" + target.test().text() + ")", true, write);
          }
        }
      }
    }
  }
}

package dlv.compiler.simplify;

import dlv.compiler.ir.Node;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A named rewrite of one node. */
record Rule(String name, Rewrite rewrite) {
  /** The node's simpler form, or null where the rule does not apply; {@code once} tells what has a single reader. */
  interface Rewrite {
    Node of(Node node, Predicate<Node> once);
  }

  static Rule of(String name, UnaryOperator<Node> rewrite) {
    return new Rule(name, (node, once) -> rewrite.apply(node));
  }
}

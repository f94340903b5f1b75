package dlv.compiler.simplify;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A named rewrite of one node whose operation is {@code on}. */
record Rule(String name, Class<? extends Op> on, Rewrite rewrite) {
  /** The node's simpler form, or null where the rule does not apply; {@code once} tells what has a single reader. */
  interface Rewrite {
    Node of(Node node, Predicate<Node> once);
  }

  boolean concerns(Class<?> op) {
    return on.isAssignableFrom(op);
  }

  static Rule of(String name, Class<? extends Op> on, UnaryOperator<Node> rewrite) {
    return new Rule(name, on, (node, once) -> rewrite.apply(node));
  }
}

package dlv.compiler.check;

import dlv.compiler.ir.Node;

/** A value that goes into a network or comes out of it: its name, its type, and its node. */
public record Port(String name, TensorType type, Node node) {

  /** The input of a generate block that says how many symbols of the text {@code name} are real. */
  public static String lengthOf(String name) {
    return name + ".length";
  }
}

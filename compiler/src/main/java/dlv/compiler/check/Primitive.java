package dlv.compiler.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A function that the language knows without a declaration: its parameters, and the rule that makes its value.
 *
 * @param parameters in the order of a call
 */
record Primitive(String name, List<Parameter> parameters, Function<Arguments, Value> rule) {

  /** {@code rest}: takes all positional arguments from here on. */
  record Parameter(String name, boolean required, boolean rest) {}

  /** A primitive by its signature: {@code "x over?"}, where ? is optional and * takes any number. */
  static Primitive of(String name, String signature, Function<Arguments, Value> rule) {
    List<Parameter> parameters = Arrays.stream(signature.split(" ")).filter(word -> !word.isEmpty()).map(word -> {
      String bare = word.replaceAll("[?*]", "");
      return new Parameter(bare, bare.equals(word), word.endsWith("*"));
    }).toList();
    return new Primitive(name, parameters, rule);
  }

  /** {@code sum(x, over)}. */
  String signature() {
    return "`" + name + "(" + String.join(", ", parameters.stream()
        .map(parameter -> parameter.name() + (parameter.rest() ? ", …" : "")).toList()) + ")`";
  }
}

package dlv.compiler.check;

import dlv.compiler.syntax.Item;
import java.util.List;
import java.util.Optional;

/**
 * A stochastic process as it is declared: static parameters, and parts that are values or functions of their arguments.
 *
 * @param signature its name and parameters
 */
record Process(Declaration signature, List<Item.ProcessSyntax.Part> parts) {
  Process {
    parts = List.copyOf(parts);
  }

  static Process of(Item.ProcessSyntax item, Module module) {
    return new Process(Declaration.of(item, module), item.parts());
  }

  /** Whether it is a stochastic differential equation: those have the parts of the library's `sde` beside their own. */
  boolean isEquation() {
    return part("drift").isPresent() && part("diffusion").isPresent();
  }

  Optional<Item.ProcessSyntax.Part> part(String name) {
    return parts.stream().filter(part -> part.name().text().equals(name)).findFirst();
  }
}

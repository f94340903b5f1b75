package dlv.compiler.check;

import java.util.List;

/**
 * A generate block: a network, perhaps without inputs, whose weights runs of train blocks have left.
 *
 * @param network its inputs, results and graph; draws in it differ by seed and by example
 * @param loans the models in it
 */
public record GenerateProgram(NetworkProgram network, List<Loan> loans) {
  public GenerateProgram {
    loans = List.copyOf(loans);
  }

  public String name() {
    return network.name();
  }
}

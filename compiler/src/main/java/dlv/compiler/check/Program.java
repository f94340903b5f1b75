package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.syntax.SourceUnit;
import java.util.List;
import java.util.Optional;

/**
 * A checked file.
 *
 * @param networks the networks of the file that stand on their own, in the order of the file
 * @param trains its train blocks, in the order of the file
 * @param generates its generate blocks, in the order of the file
 * @param warnings what is probably unintended
 */
public record Program(
    SourceUnit unit, List<NetworkProgram> networks, List<TrainProgram> trains, List<GenerateProgram> generates,
    List<Diagnostic> warnings) {

  public Program {
    networks = List.copyOf(networks);
    trains = List.copyOf(trains);
    generates = List.copyOf(generates);
    warnings = List.copyOf(warnings);
  }

  /** The network of this name. */
  public Optional<NetworkProgram> network(String name) {
    return networks.stream().filter(network -> network.name().equals(name)).findFirst();
  }

  /** The train block of this name. */
  public Optional<TrainProgram> train(String name) {
    return trains.stream().filter(train -> train.name().equals(name)).findFirst();
  }

  /** The generate block of this name. */
  public Optional<GenerateProgram> generate(String name) {
    return generates.stream().filter(generate -> generate.name().equals(name)).findFirst();
  }
}

package dlv.runtime.plan;

import java.util.List;

/**
 * One thing a compiled unit can do: {@code run} a network, {@code iterate} a training step, {@code evaluate} a batch.
 *
 * @param name the entry's name
 * @param inputs what the host writes
 * @param outputs what the host may read
 * @param launches in order, some of them repeated; each sees all that the ones before it wrote
 */
public record Entry(String name, List<Input> inputs, List<Output> outputs, List<Work> launches) {
  /** Copies the lists. */
  public Entry {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    launches = List.copyOf(launches);
  }

  /** The input of this name; {@link IllegalArgumentException} lists those there are. */
  public Input input(String wanted) {
    return inputs.stream().filter(i -> i.name().equals(wanted)).findFirst().orElseThrow(() ->
        new IllegalArgumentException("the entry " + name + " has no input \"" + wanted + "\"; it has "
            + inputs.stream().map(Input::name).toList()));
  }

  /** The output of this name; {@link IllegalArgumentException} lists those there are. */
  public Output output(String wanted) {
    return outputs.stream().filter(o -> o.name().equals(wanted)).findFirst().orElseThrow(() ->
        new IllegalArgumentException("the entry " + name + " has no output \"" + wanted + "\"; it has "
            + outputs.stream().map(Output::name).toList()));
  }
}

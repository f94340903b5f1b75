package dlv.runtime.data;

import java.util.List;
import java.util.function.Function;

/** A kind of source that a train block can name, with its parameters in the order of a call. */
public final class SourceKind {
  private final String name;
  private final String meaning;
  private final List<Parameter> parameters;
  private final Function<Arguments, DataSource> opening;

  SourceKind(String name, String meaning, List<Parameter> parameters, Function<Arguments, DataSource> opening) {
    this.name = name;
    this.meaning = meaning;
    this.parameters = List.copyOf(parameters);
    this.opening = opening;
  }

  /** The name in a train block: {@code digits}. */
  public String name() {
    return name;
  }

  /** What it is, in a line. */
  public String meaning() {
    return meaning;
  }

  /** The parameters; positional arguments fill them in this order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  DataSource open(Arguments arguments) {
    return opening.apply(arguments);
  }
}

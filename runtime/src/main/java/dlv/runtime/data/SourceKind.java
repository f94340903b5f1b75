package dlv.runtime.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** A kind of source that a train block can name, with its parameters in the order of a call. */
public final class SourceKind {
  private final String name;
  private final String meaning;
  private final List<Parameter> parameters;
  private final Optional<DataType> type;
  private final Function<Arguments, DataSource> opening;
  private final Optional<BiFunction<Path, Arguments, DataSource>> binding;

  SourceKind(String name, String meaning, List<Parameter> parameters, Optional<DataType> type,
             Function<Arguments, DataSource> opening) {
    this(name, meaning, parameters, type, opening, Optional.empty());
  }

  /** @param binding how other data are read that stand in for these, where that does not follow from their contents */
  SourceKind(String name, String meaning, List<Parameter> parameters, Optional<DataType> type,
             Function<Arguments, DataSource> opening, Optional<BiFunction<Path, Arguments, DataSource>> binding) {
    this.binding = binding;
    this.name = name;
    this.meaning = meaning;
    this.parameters = Stream.concat(parameters.stream(), Taken.PARAMETERS.stream()).toList();
    this.type = type;
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

  /** The parameters, last those that all kinds have; positional arguments fill them in this order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The type of its data where it is always the same, with whatever arguments. */
  public Optional<DataType> type() {
    return type;
  }

  DataSource open(Arguments arguments) {
    return opening.apply(arguments);
  }

  /** How data that stand in for these are read; empty where their contents tell it. */
  Optional<BiFunction<Path, Arguments, DataSource>> binding() {
    return binding;
  }

  /** The type of what the arguments name; absent where that cannot be read here. */
  Optional<DataType> typeWithout(Arguments arguments) {
    if (type.isPresent()) {
      return type;
    }
    try (DataSource own = open(arguments)) {
      return Optional.of(own.type());
    } catch (DataException e) {
      return Optional.empty();
    }
  }
}

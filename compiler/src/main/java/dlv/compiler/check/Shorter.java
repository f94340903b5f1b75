package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data of which only the examples are seen that take at most {@code room} places where their length differs. */
record Shorter(DataTypes all, long room) implements DataTypes {
  @Override
  public List<String> sources() {
    return all.sources();
  }

  @Override
  public Optional<List<Parameter>> parameters(String source) {
    return all.parameters(source);
  }

  @Override
  public Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span) {
    return all.read(source, arguments, override, span).shorter(room);
  }

  @Override
  public Optional<Table> saved(String line) {
    return all.saved(line).map(table -> table.shorter(room));
  }
}

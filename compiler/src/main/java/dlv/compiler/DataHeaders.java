package dlv.compiler;

import dlv.compiler.check.DataTypes;
import dlv.compiler.source.Span;
import dlv.compiler.type.Element;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.DataSources;
import dlv.runtime.data.DataType;
import dlv.runtime.data.Places;
import dlv.runtime.data.SourceKind;
import dlv.runtime.data.Split;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of data as the runtime's sources tell them, from their headers alone, each asked once. */
final class DataHeaders implements DataTypes {
  /** Enough for any batch: rows of data that are not looked at are not read either. */
  private static final long UNSEEN_ROWS = 1L << 30;

  private final Path folder;
  private final Map<String, DataType> saved;
  private final Map<List<Object>, Table> read = new HashMap<>();

  /** @param saved types by the name of the line, which need no data */
  DataHeaders(Path folder, Map<String, DataType> saved) {
    this.folder = folder;
    this.saved = Map.copyOf(saved);
  }

  @Override
  public List<String> sources() {
    return DataSources.kinds().stream().map(SourceKind::name).toList();
  }

  @Override
  public Optional<List<Parameter>> parameters(String source) {
    return DataSources.kind(source).map(kind -> kind.parameters().stream()
        .map(p -> new Parameter(p.name(), p.type(), p.fallback().isEmpty())).toList());
  }

  @Override
  public Optional<Table> saved(String line) {
    return Optional.ofNullable(saved.get(line)).map(type ->
        new Table(type.fields().stream().map(DataHeaders::field).toList(), UNSEEN_ROWS, 0, 0, true));
  }

  @Override
  public Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span) {
    List<Object> asked = List.of(source, arguments, override);
    if (!read.containsKey(asked)) {
      read.put(asked, read(source, arguments, override));
    }
    return read.get(asked);
  }

  private Table read(String source, Map<String, Object> arguments, Optional<String> override) {
    SourceKind kind = DataSources.kind(source).orElseThrow(() ->
        new Unreadable("there is no kind of data named " + source, "there are " + String.join(", ", sources())));
    try (DataSource data = DataSources.open(kind, arguments, folder, override.map(Path::of))) {
      return new Table(data.type().fields().stream().map(DataHeaders::field).toList(),
          data.rows(Split.TRAIN), data.rows(Split.VALIDATION), data.rows(Split.TEST), data.continues());
    } catch (DataException e) {
      throw new Unreadable(e.getMessage(), e.help());
    }
  }

  @Override
  public List<Long> rooms(String source, Map<String, Object> arguments, Optional<String> override, int count) {
    try (DataSource data = DataSources.open(DataSources.kind(source).orElseThrow(), arguments, folder,
        override.map(Path::of))) {
      return Places.rooms(Places.ofTraining(data), count).stream().map(Integer::longValue).toList();
    }
  }

  private static Field field(dlv.runtime.data.Field field) {
    Element element = switch (field.element()) {
      case U8 -> Element.BYTE;
      case F32 -> Element.FLOAT;
      case I32 -> Element.INT;
    };
    return new Field(field.name(), element, field.shape().stream().map(Integer::longValue).toList(), field.scale(),
        field.offset(), field.classes(), field.lengths());
  }
}

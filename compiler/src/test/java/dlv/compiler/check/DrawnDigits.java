package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.type.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The types of two sources, without any data: digits as pictures, and points in the plane. */
final class DrawnDigits implements DataTypes {
  @Override
  public List<String> sources() {
    return List.of("digits", "points");
  }

  @Override
  public Optional<List<Parameter>> parameters(String source) {
    return sources().contains(source) ? Optional.of(List.of(new Parameter("train", "int", false),
        new Parameter("test", "int", false), new Parameter("seed", "int", false))) : Optional.empty();
  }

  @Override
  public Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span) {
    if (override.isPresent()) {
      throw new Unreadable("there is no folder " + override.get(), "give a folder of IDX files");
    }
    long train = (Long) arguments.getOrDefault("train", 60_000L);
    long test = (Long) arguments.getOrDefault("test", 10_000L);
    List<String> ten = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    List<Field> fields = source.equals("digits")
        ? List.of(new Field("image", Element.BYTE, List.of(1L, 28L, 28L), 1 / 255.0, 0, List.of()),
            new Field("label", Element.INT, List.of(), 1, 0, ten))
        : List.of(new Field("at", Element.FLOAT, List.of(2L), 1, 0, List.of()),
            new Field("y", Element.FLOAT, List.of(), 1, 0, List.of()));
    return new Table(fields, train, 0, test);
  }
}

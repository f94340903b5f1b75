package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Line;
import dlv.compiler.type.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code buckets 6}: a train block whose examples differ in length, once more for each room that shorter ones go into.
 * Weights and all other states are those of the block itself.
 */
final class Buckets {
  /** The block for examples that take at most {@code room} places; empty after errors, which {@code told} hears. */
  interface Again {
    Optional<TrainProgram> check(Item.TrainSyntax syntax, long room, Blame told);
  }

  private final Item.TrainSyntax syntax;
  private final TrainProgram whole;
  private final Again again;
  private final DataTypes types;
  private final Map<String, String> paths;
  private final Blame blame;

  Buckets(Item.TrainSyntax syntax, TrainProgram whole, Again again, DataTypes types, Map<String, String> paths,
      Blame blame) {
    this.syntax = syntax;
    this.whole = whole;
    this.again = again;
    this.types = types;
    this.paths = paths;
    this.blame = blame;
  }

  /** The block with a step for each room. */
  TrainProgram shorter() {
    int count = whole.settings().buckets();
    List<DataBinding> differ = whole.data().stream().filter(data -> data.fields().stream()
        .anyMatch(field -> !field.lengths().isEmpty())).toList();
    if (count == 1) {
      return whole;
    }
    if (differ.size() != 1) {
      report(differ.isEmpty() ? "`buckets` is for examples that differ in length, and all of these are equally long"
          : "`buckets` takes one line of data whose examples differ in length, and there are " + differ.size(),
          "leave `buckets` out");
      return whole;
    }
    DataBinding data = differ.get(0);
    if (types.saved(data.name()).isPresent()) {
      return whole;
    }
    var shorter = new TreeMap<Long, TrainProgram>();
    for (long room : types.rooms(data.source(), data.arguments(), Optional.ofNullable(paths.get(data.name())), count)) {
      if (data.fields().stream().anyMatch(field -> field.lengths().keySet().stream()
          .anyMatch(axis -> field.resident().dim(axis).value() > room))) {
        program(room).ifPresent(program -> shorter.put(room, program));
      }
    }
    return whole.with(shorter);
  }

  private Optional<TrainProgram> program(long room) {
    Blame told = new Blame(new Diagnostics());
    Optional<TrainProgram> program = again.check(syntax, room, told);
    if (program.isEmpty()) {
      report("in examples of at most " + room + " places: " + told.diagnostics().list().get(0).message(),
          "with fewer `buckets` the least of them is larger; without, all examples have room for the longest");
    } else if (!shapes(program.get()).equals(shapes(whole))) {
      report("weights depend on how long an example is, so steps for shorter ones would have others",
          "leave `buckets` out, or give those weights a size of their own");
      return Optional.empty();
    }
    return program;
  }

  private static Map<String, Shape> shapes(TrainProgram program) {
    var shapes = new TreeMap<String, Shape>(Comparator.naturalOrder());
    program.states().forEach(state -> shapes.put(state.path(), state.shape()));
    return shapes;
  }

  private void report(String message, String help) {
    var span = syntax.lines().stream().filter(line -> line instanceof Line.Setting setting
        && setting.name().text().equals("buckets")).map(Line::span).findFirst().orElse(syntax.name().span());
    blame.report(null, Diagnostic.error("buckets", span, message).help(help));
  }
}

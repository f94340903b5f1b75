package dlv.compiler.repair;

import dlv.compiler.check.Checker;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Edit;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.summary.LayerSummary;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Stage;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways out of one misfit, each tried: the simplest first. */
final class WaysOut {
  /** How far from a number others are tried. */
  private static final int VALUES = 36;
  /** After so many values that change nothing a number is left alone. */
  private static final int IDLE = 4;
  private static final int NUMBERS_SHOWN = 3;

  private final Misfit misfit;
  private final Diagnostic error;
  private final Trial trial;
  private final SourceFile file;
  private final Set<Expression.Call.Argument> dropped = new LinkedHashSet<>();
  private Optional<Way> drop = Optional.empty();

  WaysOut(Misfit misfit, Diagnostic error, Trial trial) {
    this.error = error;
    this.misfit = misfit;
    this.trial = trial;
    this.file = misfit.network().span().file();
  }

  /** None where the network has no error of its own, and only does not fit where it is used. */
  List<Trial.Mended> all() {
    if (trial.of(misfit, new Way("", List.of())).mended().isPresent()) {
      return List.of();
    }
    List<Trial.Mended> ways = new ArrayList<>(withoutAnArgument());
    ways.addAll(withOtherNumbers());
    ways.addAll(withOneMoreStage());
    ways.addAll(withAStageOfTheLibrary());
    return ways;
  }

  /** What the blamed call says by name may be left to be inferred. */
  private List<Trial.Mended> withoutAnArgument() {
    List<Trial.Mended> ways = new ArrayList<>();
    misfit.blamed().ifPresent(call -> call.arguments().stream().filter(a -> a.name().isPresent()).forEach(argument -> {
      Way way = new Way("drop `" + argument.span().text() + "`", new Edit(withComma(call, argument), ""));
      trial.of(misfit, way).mended().ifPresent(mended -> {
        ways.add(mended);
        dropped.add(argument);
        drop = Optional.of(way);
      });
    }));
    return ways;
  }

  /** An argument with the comma that parts it from its neighbour. */
  private Span withComma(Expression.Call call, Expression.Call.Argument argument) {
    int i = call.arguments().indexOf(argument);
    if (i > 0) {
      return file.span(call.arguments().get(i - 1).span().end(), argument.span().end());
    }
    return call.arguments().size() == 1 ? argument.span()
        : file.span(argument.span().start(), call.arguments().get(1).span().start());
  }

  /** A number changed; {@code factor} is the logarithm of by how much. */
  private record Changed(Trial.Mended mended, double factor) {
    static Changed of(Trial.Mended mended, long from, long to) {
      return new Changed(mended, Math.abs(Math.log((to + 0.5) / (from + 0.5))));
    }
  }

  /** For each number that a call on the way is given, the nearest that fits. */
  private List<Trial.Mended> withOtherNumbers() {
    List<Changed> ways = new ArrayList<>();
    for (Expression.Call call : misfit.calls()) {
      numbers(call).forEach(number -> nearest(call, number).ifPresent(ways::add));
    }
    ways.sort(Comparator.comparing(Changed::factor));
    return ways.stream().limit(NUMBERS_SHOWN).map(Changed::mended).toList();
  }

  /**
   * The nearest value that fits. A number without a say in the misfit is left alone, and beyond a value that breaks
   * something earlier none is tried.
   */
  private Optional<Changed> nearest(Expression.Call call, Expression.Whole number) {
    long value = number.value();
    long low = Math.max(1, value - VALUES);
    long high = value + VALUES;
    int idle = 0;
    for (long away = 1; away <= VALUES && idle < IDLE; away++) {
      for (long near : new long[] {value + away, value - away}) {
        if (near >= low && near <= high) {
          Trial.Outcome outcome = trial.of(misfit, with(call, number, near));
          if (outcome.mended().isPresent()) {
            return Optional.of(Changed.of(outcome.mended().get(), value, near));
          }
          idle = outcome.says(error.message()) ? idle + 1 : -VALUES;
          low = near < value && outcome.failsBefore(error.span().start()) ? near + 1 : low;
          high = near > value && outcome.failsBefore(error.span().start()) ? near - 1 : high;
        }
      }
    }
    return Optional.empty();
  }

  private List<Expression.Whole> numbers(Expression.Call call) {
    List<Expression.Whole> numbers = new ArrayList<>();
    for (Expression.Call.Argument argument : call.arguments()) {
      if (argument.value() instanceof Expression.Whole whole && !dropped.contains(argument)) {
        numbers.add(whole);
      } else if (argument.value() instanceof Expression.ListOf list) {
        list.elements().stream().filter(Expression.Whole.class::isInstance).map(Expression.Whole.class::cast)
            .forEach(numbers::add);
      }
    }
    return numbers;
  }

  private Way with(Expression.Call call, Expression.Whole number, long value) {
    String written = call.span().text();
    int at = number.span().start() - call.span().start();
    String after = written.substring(0, at) + value + written.substring(at + number.span().text().length());
    return new Way("turn `" + oneLine(written) + "` " + line(call.span()) + " into `" + oneLine(after) + "`",
        new Edit(number.span(), Long.toString(value)));
  }

  /** A stage on the way, done once more in another place: the last place where that fits. */
  private List<Trial.Mended> withOneMoreStage() {
    List<Trial.Mended> ways = new ArrayList<>();
    Set<String> texts = new LinkedHashSet<>();
    misfit.stages().stream().limit(Math.max(0, misfit.stages().size() - 1))
        .filter(stage -> stage.function() instanceof Expression.Call).forEach(stage -> texts.add(written(stage)));
    for (String text : texts) {
      for (int i = misfit.stages().size() - 1; i >= 0 && ways.isEmpty(); i--) {
        Stage.Apply next = misfit.stages().get(i);
        trial.of(misfit, inserted(text, next, "put one more")).mended().filter(mended -> isWeightless(mended, next))
            .ifPresent(ways::add);
      }
    }
    return ways;
  }

  /** A network of the library that needs no arguments and leaves one number a channel, where features are free. */
  private List<Trial.Mended> withAStageOfTheLibrary() {
    int last = misfit.stages().size() - 1;
    for (int i = last; i >= Math.max(0, last - 1); i--) {
      Stage.Apply next = misfit.stages().get(i);
      for (String name : Checker.stages()) {
        Way insert = inserted(name, next, "put");
        Way way = drop.map(before -> before.with(insert, before.text() + " and " + insert.text())).orElse(insert);
        Optional<Trial.Mended> mended = trial.of(misfit, way).mended()
            .filter(found -> isWeightless(found, next) && (drop.isEmpty() || leavesChannels(found, next)));
        if (mended.isPresent()) {
          return List.of(mended.get());
        }
      }
    }
    return List.of();
  }

  private static boolean isWeightless(Trial.Mended mended, Stage.Apply next) {
    return mended.before(mended.way().moved(next.span().start()))
        .filter(layer -> layer.parameters().equals(Dim.ZERO)).isPresent();
  }

  private static boolean leavesChannels(Trial.Mended mended, Stage.Apply next) {
    int end = mended.way().moved(next.span().start());
    Optional<LayerSummary> inserted = mended.before(end);
    Optional<LayerSummary> source = inserted.flatMap(layer -> mended.before(layer.span().start()));
    return source.isPresent() && source.get().outputs().size() == 1 && inserted.get().outputs().size() == 1
        && source.get().outputs().get(0).shape().rank() > 1
        && inserted.get().outputs().get(0).shape().equals(source.get().outputs().get(0).shape().range(0, 1));
  }

  /** A stage before another, on a line of its own where that one has one. */
  private Way inserted(String text, Stage.Apply next, String how) {
    int arrow = file.text().lastIndexOf("->", next.span().start());
    int lineStart = file.text().lastIndexOf('\n', arrow) + 1;
    String before = file.text().substring(lineStart, arrow);
    String after = before.isBlank() ? "\n" + before : " ";
    return new Way(how + " `" + text + "` before `" + written(next) + "` " + line(next.span()),
        new Edit(file.span(arrow, arrow), "-> " + text + after));
  }

  private static String written(Stage.Apply stage) {
    return oneLine(stage.function().span().text());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String line(Span span) {
    return "on line " + span.line();
  }
}

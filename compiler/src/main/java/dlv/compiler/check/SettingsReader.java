package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Line;
import dlv.compiler.type.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The settings of a train block: those of the file, and over them those set from outside. */
final class SettingsReader {
  static final List<String> NAMES = List.of("batch", "epochs", "steps", "seed", "ema", "patience", "carry", "buckets",
      "precision");
  private static final long MOST = Integer.MAX_VALUE;
  /** Each is a step with kernels of its own. */
  private static final long MOST_BUCKETS = 64;

  private record Found(Value value, Span span) {}

  private final Evaluator evaluator;
  private final Span block;
  private final boolean trains;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private boolean failed;

  /** @param trains whether the block minimizes anything */
  SettingsReader(Evaluator evaluator, Span block, boolean trains) {
    this.evaluator = evaluator;
    this.block = block;
    this.trains = trains;
  }

  /** The settings; every wrong one is reported. */
  Settings read(List<Line> lines, Overrides overrides) {
    for (Line line : lines) {
      if (line instanceof Line.Setting setting) {
        attempt(() -> add(setting));
      }
    }
    for (String name : NAMES) {
      overrides.take(name).ifPresent(value -> override(name, value));
    }
    int batch = (int) whole("batch", 1, MOST).orElse(32);
    OptionalLong epochs = whole("epochs", 1, MOST);
    OptionalLong steps = whole("steps", 1, Long.MAX_VALUE);
    long seed = whole("seed", 0, MOST).orElse(1);
    OptionalLong patience = whole("patience", 1, MOST);
    OptionalDouble ema = ema();
    boolean carry = truth("carry");
    int buckets = (int) whole("buckets", 1, MOST_BUCKETS).orElse(1);
    Element products = products();
    if (epochs.isPresent() && steps.isPresent()) {
      evaluator.here().report(Diagnostic.error("argument", found.get("steps").span(),
          "give `epochs` or `steps`, not both"));
      failed = true;
    }
    if (!trains) {
      refuseLength();
      steps = OptionalLong.of(0);
    } else if (!found.containsKey("epochs") && !found.containsKey("steps") && !failed) {
      evaluator.here().report(Diagnostic.error("argument", block, "this block does not say how long it trains")
          .help("write `epochs 10` or `steps 10_000`"));
      failed = true;
    }
    if (failed) {
      throw Failed.REPORTED;
    }
    return new Settings(batch, narrow(epochs), steps, seed, ema, narrow(patience), carry, buckets, products);
  }

  /** Refuses what says how long a block trains, where it only reports. */
  private void refuseLength() {
    for (String name : List.of("epochs", "steps", "ema", "patience", "buckets")) {
      if (found.containsKey(name)) {
        evaluator.error("argument", found.get(name).span(), "`" + name + "` is for training, and this block minimizes"
            + " nothing");
        failed = true;
      }
    }
  }

  private static OptionalInt narrow(OptionalLong value) {
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (Failed e) {
      failed = true;
    }
  }

  private void add(Line.Setting setting) {
    String name = setting.name().text();
    Span span = setting.name().span();
    if (!NAMES.contains(name)) {
      Diagnostic diagnostic = Suggest.help(
          Diagnostic.error("unknown-setting", span, "there is no setting `" + name + "`"), name, NAMES);
      throw evaluator.here().report(diagnostic.helps().isEmpty()
          ? diagnostic.help("there is: " + String.join(", ", NAMES)) : diagnostic);
    }
    if (found.containsKey(name)) {
      throw evaluator.here().report(Diagnostic.error("duplicate", span, "`" + name + "` is set twice")
          .note("set here", found.get(name).span()));
    }
    Value value = setting.value() instanceof Expression.Reference word
        ? evaluator.lookup().value(word) : evaluator.evaluate(setting.value());
    found.put(name, new Found(value, setting.value().span()));
  }

  /** {@code --set epochs=3} also replaces {@code steps}, and the other way round. */
  private void override(String name, Value value) {
    if (name.equals("epochs")) {
      found.remove("steps");
    }
    if (name.equals("steps")) {
      found.remove("epochs");
    }
    Span span = found.containsKey(name) ? found.get(name).span() : block;
    found.put(name, new Found(value, span));
  }

  private OptionalLong whole(String name, long least, long most) {
    Found setting = found.get(name);
    if (setting == null) {
      return OptionalLong.empty();
    }
    try {
      Size size = Statics.whole(evaluator, setting.value(), setting.span(), "`" + name + "`");
      if (!size.isConstant()) {
        throw evaluator.error("argument", setting.span(), "`" + name + "` is a number");
      }
      long value = size.value().value();
      if (value < least || value > most) {
        throw evaluator.error("range", setting.span(), "`" + name + "` is "
            + (most == Long.MAX_VALUE || value < least ? "at least " + least : "at most " + most) + ", not " + value);
      }
      return OptionalLong.of(value);
    } catch (Failed e) {
      failed = true;
      return OptionalLong.empty();
    }
  }

  private boolean truth(String name) {
    Value value = found.containsKey(name) ? found.get(name).value() : new Value.Truth(false);
    if (!(value instanceof Value.Truth)) {
      failed = true;
      evaluator.error("argument", found.get(name).span(), "`" + name + "` is `true` or `false`, not " + value.text());
    }
    return value instanceof Value.Truth truth && truth.value();
  }

  private OptionalDouble ema() {
    Found setting = found.get("ema");
    if (setting == null) {
      return OptionalDouble.empty();
    }
    try {
      double decay = Statics.number(evaluator, setting.value(), setting.span(), "`ema`");
      if (!(decay > 0 && decay < 1)) {
        throw evaluator.error("range", setting.span(), "`ema` is a decay between 0 and 1, not " + decay);
      }
      return OptionalDouble.of(decay);
    } catch (Failed e) {
      failed = true;
      return OptionalDouble.empty();
    }
  }

  private Element products() {
    Found setting = found.get("precision");
    if (setting == null) {
      return Element.FLOAT;
    }
    Map<String, Element> known = Map.of("float32", Element.FLOAT, "bf16", Element.BF16);
    String word = setting.value() instanceof Value.Word name ? name.name()
        : setting.value() instanceof Value.Text text ? text.value() : setting.value().text();
    if (!known.containsKey(word)) {
      failed = true;
      evaluator.here().report(Suggest.help(Diagnostic.error("unknown-option", setting.span(),
          "`precision` is `float32` or `bf16`, not `" + word + "`"), word, List.of("float32", "bf16")));
    }
    return known.getOrDefault(word, Element.FLOAT);
  }
}
